/** Arabic, written from right to left. */
import type { BlockedWord, Translation } from './translation.js';

const THE: Readonly<Record<BlockedWord, string>> = {
  microphone: 'الميكروفون',
  camera: 'الكاميرا',
  screen: 'الشاشة',
  devices: 'الكاميرا والميكروفون',
};
const list = (names: readonly string[]): string => new Intl.ListFormat('ar').format(names);

const people = (count: number): string => {
  switch (new Intl.PluralRules('ar').select(count)) {
    case 'one':
      return 'شخص واحد';
    case 'two':
      return 'شخصان';
    case 'few':
      return `${count} أشخاص`;
    default:
      return `${count} شخصًا`;
  }
};

export const ar: Translation = {
  $code: 'ar',
  $name: 'العربية',
  $dir: 'rtl',

  call: (room) => (room ? `مكالمة: ${room}` : 'مكالمة'),
  guest: 'ضيف',
  you: (name) => `${name} (أنت)`,
  yourself: 'أنت',

  readyToJoin: 'هل أنت مستعد للانضمام؟',
  inside: (count) => (count === 0 ? 'لا أحد هنا بعد' : `في المكالمة: ${people(count)}`),
  yourName: 'اسمك',
  join: 'انضمام',
  joining: 'جارٍ الانضمام…',
  preview: 'الكاميرا الخاصة بك',
  turnOnDevices: 'تشغيل الكاميرا والميكروفون',
  turnOnDevicesHint: 'لا يراك أحد غيرك حتى تنضم.',
  cameraIsOff: 'الكاميرا متوقفة',
  level: 'مستوى الميكروفون',
  joinWithout: (device) => `الانضمام دون ${THE[device]}`,
  joinWith: (device) => `الانضمام مع ${THE[device]}`,

  controls: 'أدوات المكالمة',
  turnOn: (device) => (device === 'screen' ? 'مشاركة الشاشة' : `تشغيل ${THE[device]}`),
  turnOff: (device) => (device === 'screen' ? 'إيقاف مشاركة الشاشة' : `إيقاف ${THE[device]}`),
  hasProblem: (label) => `${label} (حدثت مشكلة)`,
  leave: 'مغادرة',
  deviceOptions: (device) => (device === 'camera' ? 'خيارات الكاميرا' : 'خيارات الميكروفون والسماعة'),
  showPeople: 'إظهار المشاركين',
  hidePeople: 'إخفاء المشاركين',

  participants: 'المشاركون في المكالمة',
  microphoneOff: 'الميكروفون متوقف',
  cameraOff: 'الكاميرا متوقفة',
  screenOf: (name) => `شاشة ${name}`,
  yourScreen: 'شاشتك',
  connecting: 'جارٍ الاتصال…',
  reconnecting: 'جارٍ إعادة الاتصال…',
  cannotConnect: 'لا يوجد اتصال بهذا الشخص',

  firstHere: 'أنت أول من وصل',
  firstHereHelp: 'أرسل الرابط إلى شخص ما وسيظهر هنا.',
  copyLink: 'نسخ رابط الدعوة',
  copied: 'تم نسخ الرابط',
  tapToHear: 'اضغط لتسمع الجميع',
  dismiss: 'إغلاق',
  tryAgain: 'المحاولة مرة أخرى',

  youLeft: 'لقد غادرت المكالمة',
  rejoin: 'الانضمام مجددًا',
  kicked: 'تمت إزالتك من المكالمة',
  ended: 'انتهت المكالمة',
  lost: 'انقطع الاتصال',
  duplicate: 'لقد انضممت من نافذة أو جهاز آخر',
  serverStopped: 'الخادم قيد إعادة التشغيل',
  denied: 'لم يُسمح لك بالدخول',

  joinedSpoken: (names) => (names.length > 3 ? `انضم ${people(names.length)}.` : `انضم ${list(names)}.`),
  leftSpoken: (names) => (names.length > 3 ? `غادر ${people(names.length)}.` : `غادر ${list(names)}.`),
  youJoinedSpoken: 'لقد انضممت إلى المكالمة.',
  connectionLostSpoken: 'انقطع الاتصال. جارٍ إعادة الاتصال.',
  connectionBackSpoken: 'عاد الاتصال.',

  errorTitle: 'حدث خطأ ما',
  errorHelp: 'تعذّر بدء المكالمة. يُرجى المحاولة مرة أخرى.',
  fullTitle: 'هذه الغرفة ممتلئة',
  fullHelp: 'عندما يغادر أحدهم سيكون لك مكان.',
  lockedTitle: 'هذه الغرفة مقفلة',
  lockedHelp: 'اطلب من أحد الموجودين إدخالك.',
  badRoomTitle: 'هذه الغرفة غير موجودة',
  badRoomHelp: 'تحقّق من الرابط: اسم الغرفة حروف لاتينية وأرقام و«-» و«_» فقط.',
  deniedTitle: 'لا يمكنك دخول هذه الغرفة',
  deniedHelp: 'الدعوة غير موجودة أو انتهت صلاحيتها. اطلب رابطًا جديدًا.',
  originTitle: 'المكالمات غير مسموح بها في هذا الموقع',
  originHelp: 'على مالك هذه الصفحة السماح بها في خادم المكالمات.',
  unreachableTitle: 'خادم المكالمات لا يستجيب',
  unreachableHelp: 'تحقّق من اتصالك بالإنترنت وحاول مرة أخرى.',
  blockedTitle: 'شبكتك تحجب المكالمة',
  blockedHelp: 'جدار حماية أو وكيل أو VPN يعترض الطريق. غالبًا ما تنجح شبكة أخرى.',
  busyTitle: 'خادم المكالمات مشغول',
  busyHelp: 'انتظر لحظة وحاول مرة أخرى.',
  browserTitle: 'هذا المتصفح لا يدعم مكالمات الفيديو',
  browserHelp: 'افتح هذه الصفحة في إصدار حديث من Chrome أو Edge أو Firefox أو Safari.',
  outdatedTitle: 'هذه الصفحة قديمة',
  outdatedHelp: 'أعد تحميل الصفحة للحصول على الإصدار الحالي.',

  deviceKind: (kind) => (kind === 'microphone' ? 'الميكروفون' : kind === 'camera' ? 'الكاميرا' : 'السماعة'),
  systemDefault: 'الافتراضي في النظام',
  flipCamera: 'التبديل إلى الكاميرا الأخرى',
  testSound: 'تشغيل صوت تجريبي',

  moreActions: 'المزيد',
  enterFullscreen: 'ملء الشاشة',
  leaveFullscreen: 'الخروج من ملء الشاشة',
  openPip: 'صورة داخل صورة',
  closePip: 'إغلاق صورة داخل صورة',
  shortcuts: 'اختصارات لوحة المفاتيح',
  shortcutsHelp: 'تعمل ما دام التركيز داخل المكالمة.',
  shortcutsShow: 'عرض هذه القائمة',
  spaceKey: 'مسافة',
  pushToTalk: 'اضغط مطولًا للتحدث أثناء كتم الصوت',
  mutedHint: 'هل تتحدث؟ الميكروفون مغلق.',

  pin: 'تثبيت',
  unpin: 'إلغاء التثبيت',
  pinName: (name) => `تثبيت ${name}`,
  unpinName: (name) => `إلغاء تثبيت ${name}`,
  optionsFor: (name) => `خيارات: ${name}`,
  tileFullScreen: 'ملء الشاشة',
  mirrorOn: 'عرض صورتي كما في المرآة',
  mirrorOff: 'إيقاف عرض صورتي كما في المرآة',
  hideSelfView: 'إخفاء صورتي عنّي',
  showSelfView: 'إظهار صورتي',
  moveSelfView: 'نقل صورتي (مفاتيح الأسهم)',
  volumeForYou: 'مستوى الصوت، لك وحدك',
  silenceForYou: 'بلا صوت لك',
  pages: 'صفحات المشاركين',
  pageOf: (page, count) => `الصفحة ${page} من ${count}`,
  previousPage: 'الصفحة السابقة',
  nextPage: 'الصفحة التالية',

  people: 'المشاركون',
  close: 'إغلاق',
  inTheCall: 'في المكالمة',
  waitingHere: 'في انتظار الدخول',
  admit: 'إدخال',
  reject: 'رفض',
  admitName: (name) => `إدخال ${name}`,
  rejectName: (name) => `رفض ${name}`,
  host: 'المضيف',
  moderator: 'مشرف',
  viewer: 'مشاهد',
  away: 'انقطع الاتصال',
  muteName: (name) => `كتم صوت ${name}`,
  muteAll: 'كتم صوت الجميع',
  kickName: (name) => `إزالة ${name}`,
  kickAsk: (name) => `هل تريد إزالة ${name} من المكالمة؟`,
  kick: 'إزالة',
  cancel: 'إلغاء',
  lockRoom: 'قفل الغرفة',
  lockRoomHelp: 'لا يمكن لأحد جديد الدخول.',
  waitingRoom: 'غرفة الانتظار',
  waitingRoomHelp: 'ينتظر القادمون حتى تسمح لهم بالدخول.',
  endMeeting: 'إنهاء المكالمة للجميع',
  endMeetingAsk: 'هل تريد إنهاء المكالمة للجميع؟',
  waitingTitle: 'أوشكت على الدخول',
  waitingHelp: 'سيسمح لك أحد المشاركين بالدخول قريبًا.',
  waitingSpoken: (names) =>
    names.length > 3 ? `في انتظار الدخول: ${people(names.length)}.` : `في انتظار الدخول: ${list(names)}.`,
  mutedByHost: 'كتم المضيف صوتك.',

  recording: 'جارٍ التسجيل',
  recordingBy: (names) => `${list(names)}: جارٍ التسجيل.`,
  youRecord: 'أنت تسجّل المكالمة.',
  recordingOver: 'انتهى التسجيل.',
  startRecording: 'بدء التسجيل',
  stopRecording: 'إيقاف التسجيل',
  recordingFailed: 'تعذّر التسجيل. قد يكون الملف غير مكتمل.',
  effectStopped: (source) =>
    source === 'camera' ? 'توقّف تأثير الخلفية: خلفيتك الحقيقية ظاهرة الآن.' : 'توقّف كتم الضوضاء: يسمع الآخرون كل شيء من جديد.',
  background: 'الخلفية',
  backgroundNone: 'بلا خلفية',
  backgroundBlur: 'تمويه',
  backgroundNamed: (name) => ({ dusk: 'الغروب', meadow: 'المرج', studio: 'الاستوديو' })[name],
  backgroundUpload: 'صورة من عندك…',
  backgroundFailed: 'لا يمكن استخدام هذه الخلفية هنا.',

  deviceInsecure: (device) => `لا تتيح المتصفحات ${THE[device]} لهذه الصفحة لأن عنوانها لا يبدأ بـ https://.`,
  devicePolicy: (device) => `لا يُسمح لهذه الصفحة باستخدام ${THE[device]}. على مالكها إضافة ما يلي إلى الإطار:`,
  deviceBlockedByUser: (device) =>
    `تم حظر ${THE[device]} لهذا الموقع. انقر على الرمز بجانب العنوان واسمح بالوصول ثم حاول مرة أخرى.`,
  deviceBlockedBySystem: (device) =>
    `لا يسمح نظامك للمتصفح باستخدام ${THE[device]}. اسمح بذلك في إعدادات الخصوصية ثم حاول مرة أخرى.`,
  deviceInUse: (device) => `يستخدم تطبيق آخر ${THE[device]}. أغلقه وحاول مرة أخرى.`,
  deviceNotFound: (device) => `لم يتم العثور على ${THE[device]}. صِل جهازًا وحاول مرة أخرى، أو انضم من دونه.`,
  deviceConstraints: (device) => `لا يمكن لهذا الجهاز تنفيذ المطلوب: ${THE[device]}. جرّب جهازًا آخر.`,
};
