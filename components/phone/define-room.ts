/** The room an answered call talks in. A module of its own, so that it can be loaded when it first rings. */
import '../room/define.js';
