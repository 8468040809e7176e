/** Rooms and participants over REST: seen, set, muted, sent out, ended. Knows routes; the rooms themselves are behind `RoomControl`. */
import type { RestApp } from './rest.js';
import { RestError } from './errors.js';
import type { RoomControl } from './room-control.js';
import { MuteBody, NoQuery, ParticipantParams, RoomParams, SettingsBody } from './schemas.js';

export function serveRooms(app: RestApp, control: RoomControl): void {
  /** A room nobody is in is not there. */
  const present = async (name: string) => {
    const { participants, settings } = await control.room(name);
    if (participants.length === 0) throw new RestError('NOT_FOUND');
    return { room: name, settings, participants };
  };

  app.get('/rooms', { schema: { querystring: NoQuery } }, async () => ({ rooms: await control.rooms() }));

  const room = { params: RoomParams, querystring: NoQuery };
  app.get('/rooms/:room', { schema: room }, ({ params }) => present(params.room));

  app.patch('/rooms/:room', { schema: { ...room, body: SettingsBody } }, async ({ params, body }) => {
    await present(params.room);
    return control.configure(params.room, body);
  });

  app.delete('/rooms/:room', { schema: room }, async ({ params }, reply) => {
    if (!(await control.end(params.room))) throw new RestError('NOT_FOUND');
    return reply.code(204).send();
  });

  const participant = { params: ParticipantParams, querystring: NoQuery };
  app.get('/rooms/:room/participants/:id', { schema: participant }, async ({ params }) => {
    const { participants } = await present(params.room);
    const found = participants.find(({ id }) => id === params.id);
    if (found === undefined) throw new RestError('PEER_NOT_FOUND');
    return found;
  });

  app.delete('/rooms/:room/participants/:id', { schema: participant }, async ({ params }, reply) => {
    await control.kick(params.room, undefined, params.id);
    return reply.code(204).send();
  });

  app.post(
    '/rooms/:room/participants/:id/mute',
    { schema: { ...participant, body: MuteBody } },
    async ({ params, body }, reply) => {
      control.mute(params.room, undefined, { ids: [params.id], ...body });
      return reply.code(202).send({});
    },
  );
}
