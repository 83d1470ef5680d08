/** Texts of more than one screen, and of signing in. */
import type { Texts } from './form.ts';

export const EVERYWHERE = {
  // Everywhere
  skip: ['Skip to content', 'Przejdź do treści'],
  screens: ['Screens', 'Ekrany'],
  signIn: ['Sign in', 'Zaloguj się'],
  signOut: ['Sign out', 'Wyloguj'],
  coloursAuto: ['Colours: as the system', 'Kolory: jak system'],
  coloursLight: ['Colours: light', 'Kolory: jasne'],
  coloursDark: ['Colours: dark', 'Kolory: ciemne'],
  again: ['Try again', 'Spróbuj ponownie'],
  cancel: ['Cancel', 'Anuluj'],
  close: ['Close', 'Zamknij'],
  clear: ['Clear', 'Wyczyść'],
  copy: ['Copy', 'Kopiuj'],
  copied: ['copied', 'skopiowano'],
  kept: ['I have kept it', 'Zapisane'],
  more: ['Show more', 'Pokaż więcej'],
  whole: ['show all', 'pokaż całość'],
  less: ['show less', 'pokaż mniej'],
  loading: ['Loading', 'Wczytywanie'],
  offers: ['Suggestions', 'Podpowiedzi'],
  number: ['{n}', '{n}'],
  noneYet: ['none yet', 'jeszcze nie ma'],
  forbidden: ['You may not see this', 'Brak dostępu do tych danych'],
  forbiddenSays: [
    'A scope is missing, or your address is not on the list of the client. An operator can help.',
    'Brakuje uprawnienia albo Twojego adresu nie ma na liście klienta. Może pomóc operator.',
  ],
  unreachable: ['The service cannot be reached', 'Usługa jest nieosiągalna'],
  unreachableSays: ['Check your connection. Nothing was lost.', 'Sprawdź połączenie. Nic nie zostało utracone.'],
  failed: ['The service could not answer', 'Usługa nie mogła odpowiedzieć'],
  requestId: ['Request', 'Żądanie'],
  stale: ['Shown as it was; it could not be renewed', 'Dane sprzed chwili; nie udało się ich odświeżyć'],

  // Signing in
  apiKey: ['API key', 'Klucz API'],
  trying: ['Checking…', 'Sprawdzanie…'],
  keepKey: ['Keep it for this tab', 'Zapamiętaj w tej karcie'],
  keepKeySays: [
    'Until the tab is closed. Otherwise it is gone as soon as the page is loaded again.',
    'Do zamknięcia karty. W przeciwnym razie znika po ponownym wczytaniu strony.',
  ],
  whereKeys: [
    'Operators give out keys. On your own machine, npm start prints one, and outputs.json in the data folder has it.',
    'Klucze wydają operatorzy. Na własnym komputerze npm start wypisuje klucz; jest też w pliku outputs.json w folderze danych.',
  ],
  wrongKey: ['This key is not known', 'Ten klucz nie jest znany'],
  wrongKeySays: ['It is mistyped, or it was revoked.', 'Jest błędnie wpisany albo został unieważniony.'],
  revoked: ['The session has ended', 'Sesja została zakończona'],
  revokedSays: [
    'The key was revoked, or the session timed out. Sign in again to continue.',
    'Klucz został unieważniony albo minął czas. Zaloguj się ponownie, aby kontynuować w tym samym miejscu.',
  ],
  signInAtCompany: ['Sign in with your company account', 'Zaloguj się kontem firmowym'],
  unfinished: ['Nobody was signed in', 'Nikt nie został zalogowany'],
} as const satisfies Texts;
