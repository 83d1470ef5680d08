/** Texts of Keys. */
import type { Texts } from './form.ts';

export const KEYS = {
  keys: ['Keys', 'Klucze'],
  key: ['Key', 'Klucz'],
  makeKey: ['Make a key', 'Utwórz klucz'],
  makeKeySays: ['It can do only what the key that you use can do.', 'Może tylko to, co może klucz, którego używasz.'],
  keyOnce: ['The new key, shown this once', 'Nowy klucz, pokazywany tylko raz'],
  mayDo: ['May do', 'Uprawnienia'],
  fromWhere: ['From', 'Skąd'],
  anywhere: ['anywhere', 'skądkolwiek'],
  onlyFrom: ['Only from these addresses', 'Tylko z tych adresów'],
  madeWhen: ['Made', 'Utworzony'],
  byOperator: ['by an operator', 'przez operatora'],
  thisKey: ['you use it', 'używasz go'],
  forCredit: ['For credit', 'Do kredytów'],
  forCreditSays: [
    'It sees nothing about health, beliefs or addictions.',
    'Nie widzi niczego o zdrowiu, przekonaniach ani nałogach.',
  ],
  revoke: ['Revoke', 'Unieważnij'],
  revokeSays: ['{key} stops working within a minute, for good.', '{key} za minutę na zawsze przestanie działać.'],
  revokeOwnSays: [
    '{key} is the key that you use: you will be signed out, and need another one.',
    '{key} to klucz, którego używasz: nastąpi wylogowanie i potrzebny będzie inny.',
  ],
  revokedWhen: ['Revoked', 'Unieważniony'],
  revokedKeys: [
    '{n} revoked key|{n} revoked keys',
    '{n} unieważniony klucz|{n} unieważnione klucze|{n} unieważnionych kluczy',
  ],
  'scope.read': ['owners: profiles, reasons, transactions', 'właściciele: profile, powody, transakcje'],
  'scope.write': ['send imports and files', 'wysyłanie importów i plików'],
  'scope.erase': ['erase owners', 'usuwanie właścicieli'],
  'scope.segments:read': ['counts alone', 'same liczby'],
  'scope.export': ['files of snapshots', 'pliki migawek'],
  'scope.catalogue:read': ['read the catalogue', 'odczyt katalogu'],
  'scope.catalogue:write': ['change and publish the catalogue', 'zmiana i publikacja katalogu'],
  'scope.webhooks': ['webhooks and their secrets', 'webhooki i ich sekrety'],
  'scope.keys': ['make and revoke keys', 'tworzenie i unieważnianie kluczy'],
} as const satisfies Texts;
