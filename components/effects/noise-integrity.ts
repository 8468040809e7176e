/** Made by `npm run models`: the browser takes this file and no other. No list of a page covers what code fetches. */
export const NOISE_INTEGRITY = 'sha384-wlj18iK4jvs+4x0kB6rpaiVcShOGcZDQJ8YBtN7+h2xxVMspf+d0AlY5YFKjLhhI';
