/** German. */
import type { BlockedWord, Translation } from './translation.js';

const THE: Readonly<Record<BlockedWord, string>> = {
  microphone: 'das Mikrofon',
  camera: 'die Kamera',
  screen: 'den Bildschirm',
  devices: 'die Kamera und das Mikrofon',
};
const NAME: Readonly<Record<BlockedWord, string>> = {
  microphone: 'Mikrofon',
  camera: 'Kamera',
  screen: 'Bildschirm',
  devices: 'Kamera und Mikrofon',
};
const list = (names: readonly string[]): string => new Intl.ListFormat('de').format(names);

export const de: Translation = {
  $code: 'de',
  $name: 'Deutsch',
  $dir: 'ltr',

  call: (room) => (room ? `Anruf: ${room}` : 'Anruf'),
  guest: 'Gast',
  you: (name) => `${name} (Sie)`,
  yourself: 'Sie',

  readyToJoin: 'Bereit?',
  inside: (count) => (count === 0 ? 'Noch niemand da' : count === 1 ? '1 Person ist da' : `${count} Personen sind da`),
  yourName: 'Ihr Name',
  join: 'Teilnehmen',
  joining: 'Beitritt läuft …',
  preview: 'Ihre Kamera',
  turnOnDevices: 'Kamera und Mikrofon einschalten',
  turnOnDevicesHint: 'Bis zum Beitritt sehen nur Sie sich.',
  cameraIsOff: 'Ihre Kamera ist aus',
  level: 'Mikrofonpegel',
  joinWithout: (device) => `Ohne ${NAME[device]} teilnehmen`,
  joinWith: (device) => `Mit ${NAME[device]} teilnehmen`,

  controls: 'Anrufsteuerung',
  turnOn: (device) => (device === 'screen' ? 'Bildschirm teilen' : `${NAME[device]} einschalten`),
  turnOff: (device) => (device === 'screen' ? 'Bildschirm nicht mehr teilen' : `${NAME[device]} ausschalten`),
  hasProblem: (label) => `${label} (es gab ein Problem)`,
  leave: 'Verlassen',

  participants: 'Personen im Anruf',
  microphoneOff: 'Mikrofon aus',
  cameraOff: 'Kamera aus',
  screenOf: (name) => `Bildschirm von ${name}`,
  yourScreen: 'Ihr Bildschirm',
  connecting: 'Verbindung wird aufgebaut …',
  reconnecting: 'Verbindung wird wiederhergestellt …',
  cannotConnect: 'Keine Verbindung zu dieser Person',

  firstHere: 'Sie sind als Erstes da',
  firstHereHelp: 'Schicken Sie jemandem den Link; die Person erscheint dann hier.',
  copyLink: 'Einladungslink kopieren',
  copied: 'Link kopiert',
  tapToHear: 'Tippen, um alle zu hören',
  dismiss: 'Schließen',
  tryAgain: 'Erneut versuchen',

  youLeft: 'Sie haben den Anruf verlassen',
  rejoin: 'Wieder teilnehmen',
  kicked: 'Sie wurden aus dem Anruf entfernt',
  ended: 'Der Anruf ist beendet',
  lost: 'Die Verbindung ging verloren',
  duplicate: 'Sie nehmen von einem anderen Tab oder Gerät aus teil',
  serverStopped: 'Der Server startet neu',
  denied: 'Sie wurden nicht eingelassen',

  joinedSpoken: (names) => (names.length > 3 ? `${names.length} Personen sind dazugekommen.` : `${list(names)} ist jetzt dabei.`),
  leftSpoken: (names) => (names.length > 3 ? `${names.length} Personen sind gegangen.` : `${list(names)} ist gegangen.`),
  youJoinedSpoken: 'Sie sind im Anruf.',
  connectionLostSpoken: 'Verbindung verloren. Sie wird wiederhergestellt.',
  connectionBackSpoken: 'Wieder verbunden.',

  errorTitle: 'Etwas ist schiefgegangen',
  errorHelp: 'Der Anruf konnte nicht beginnen. Bitte versuchen Sie es erneut.',
  fullTitle: 'Dieser Raum ist voll',
  fullHelp: 'Sobald jemand geht, ist ein Platz für Sie frei.',
  lockedTitle: 'Dieser Raum ist abgeschlossen',
  lockedHelp: 'Bitten Sie jemanden im Raum, Sie einzulassen.',
  badRoomTitle: 'Diesen Raum gibt es nicht',
  badRoomHelp: 'Prüfen Sie den Link: Ein Raumname besteht nur aus Buchstaben, Ziffern, „-“ und „_“.',
  deniedTitle: 'Sie können diesen Raum nicht betreten',
  deniedHelp: 'Ihre Einladung fehlt oder ist abgelaufen. Bitten Sie um einen neuen Link.',
  originTitle: 'Auf dieser Seite sind keine Anrufe erlaubt',
  originHelp: 'Wer diese Seite betreibt, muss sie auf dem Anrufserver freigeben.',
  unreachableTitle: 'Der Anrufserver antwortet nicht',
  unreachableHelp: 'Prüfen Sie Ihre Internetverbindung und versuchen Sie es erneut.',
  blockedTitle: 'Ihr Netzwerk blockiert den Anruf',
  blockedHelp: 'Eine Firewall, ein Proxy oder ein VPN ist im Weg. In einem anderen Netzwerk klappt es meist.',
  busyTitle: 'Der Anrufserver ist ausgelastet',
  busyHelp: 'Warten Sie einen Moment und versuchen Sie es erneut.',
  browserTitle: 'Dieser Browser kann keine Videoanrufe',
  browserHelp: 'Öffnen Sie diese Seite in einem aktuellen Chrome, Edge, Firefox oder Safari.',
  outdatedTitle: 'Diese Seite ist veraltet',
  outdatedHelp: 'Laden Sie die Seite neu.',

  deviceInsecure: (device) =>
    `Browser geben dieser Seite ${THE[device]} nicht frei, weil ihre Adresse nicht mit https:// beginnt.`,
  devicePolicy: (device) =>
    `Diese Seite darf ${THE[device]} nicht verwenden. Wer sie betreibt, muss dem Rahmen Folgendes hinzufügen:`,
  deviceBlockedByUser: (device) =>
    `Diese Website darf ${THE[device]} nicht verwenden. Klicken Sie auf das Symbol neben der Adresse, erlauben Sie den Zugriff und versuchen Sie es erneut.`,
  deviceBlockedBySystem: (device) =>
    `Ihr Computer gibt dem Browser ${THE[device]} nicht frei. Erlauben Sie es in den Datenschutzeinstellungen des Systems.`,
  deviceInUse: (device) => `Eine andere Anwendung verwendet ${THE[device]}. Schließen Sie sie und versuchen Sie es erneut.`,
  deviceNotFound: (device) => `Nicht gefunden: ${NAME[device]}. Schließen Sie ein Gerät an, oder nehmen Sie ohne teil.`,
  deviceConstraints: (device) => `Dieses Gerät kann nicht, was verlangt wird: ${NAME[device]}. Versuchen Sie ein anderes.`,
};
