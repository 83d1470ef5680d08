/** The words of the open split: rules may be tuned on these. */

import type { Vocabulary } from './vocabulary.ts';
import { country, trades } from './vocabulary.ts';
import { openEast } from './vocabulary-open-east.ts';
import { openWest } from './vocabulary-open-west.ts';

const PL = country(`
cities: WARSZAWA; KRAKOW; GDYNIA; POZNAN; WROCLAW; LODZ
names: Jan Kowalski; Anna Nowak; Piotr Wiśniewski; Katarzyna Wójcik; Tomasz Kamiński
card: {m} {c}||TRANSAKCJA KARTĄ PŁATNICZĄ; Płatność kartą {d} Nr karty {k}|{m} {c} PL|; {m} /{c}||ZAPŁATA KARTĄ
web: {m}||Płatność internetowa kartą; PayU*{m}|PAYU SA|PŁATNOŚĆ BLIK; Przelewy24 {m} ref {n}|PAYPRO SA|PRZELEW MTRANSFER WYCHODZACY
cash: WYPŁATA Z BANKOMATU EURONET {c}||WYPŁATA Z BANKOMATU; BLIK WYPŁATA ATM KRAJOWY {c}||BLIK WYPŁATA
kindOut: PRZELEW ZEWNĘTRZNY
kindIn: PRZELEW PRZYCHODZĄCY
own: Przelew własny
wage: Wynagrodzenie za {mm}/{y}; Wynagrodzenie za pracę; WYNAGRODZENIE - {mm}.{y}
employers: BUDIMEX SA; TECHSOFT SP. Z O.O.; SZPITAL MIEJSKI IM. KOPERNIKA; FABRYKA OKIEN DRUTEX SA; GMINA MIASTA GDYNIA
pension: ZAKŁAD UBEZPIECZEŃ SPOŁECZNYCH>Emerytura za {mm}/{y}
scholarship: UNIWERSYTET JAGIELLOŃSKI>Stypendium socjalne {mm}/{y}; POLITECHNIKA WARSZAWSKA>Stypendium rektora {mm}.{y}
benefit: ZAKŁAD UBEZPIECZEŃ SPOŁECZNYCH>Świadczenie wychowawcze 500+; ZAKŁAD UBEZPIECZEŃ SPOŁECZNYCH>RODZINA 800+ świadczenie wychowawcze
dole: POWIATOWY URZĄD PRACY>Zasiłek dla bezrobotnych {mm}/{y}
client: GRAFIKON SP. Z O.O.>Faktura FV {n}/{mm}/{y}; AGENCJA KREACJA SP. K.>FV {n}/{y} zapłata za fakturę
social: Zakład Ubezpieczeń Społecznych>Składka ZUS, deklaracja nr.: {n}
parents: Barbara i Marek Lis>Na życie od rodziców
spouse: Ewa Zalewska>Na wspólne wydatki
rent: Henryk Malinowski>Czynsz najmu mieszkania {mm}/{y}; Zofia Wrona>Najem mieszkania {mm}.{y}
dorm: DOM STUDENCKI BABILON>Czynsz za pokój w akademiku {mm}/{y}
tuition: UCZELNIA ŁAZARSKIEGO>Czesne za studia semestr {y}
mortgage: PKO BANK POLSKI SA>Spłata raty kredytu hipotecznego nr {n}; MBANK HIPOTECZNY SA>Rata kredytu mieszkaniowego hipotecznego
assoc: WSPÓLNOTA MIESZKANIOWA POLNA 7>Opłata eksploatacyjna lokal 12; SPÓŁDZIELNIA MIESZKANIOWA ZORZA>Czynsz do spółdzielni {mm}/{y}
homeins: PZU SA>Składka ubezpieczenie mieszkania polisa {n}
carins: TUIR WARTA SA>Ubezpieczenie OC AC polisa {n}
lifeins: NATIONALE-NEDERLANDEN TUNZ SA>Składka ubezpieczenie na życie {n}
repay: ALIOR BANK SA>Spłata raty pożyczki gotówkowej {n}
utilities: PGE OBRÓT SA>Faktura za energię elektryczną {n}; PGNIG OBRÓT DETALICZNY>Opłata za gaz {n}
telecom: ORANGE POLSKA SA>Faktura za telefon {n}; T-MOBILE POLSKA SA>Abonament telefon {n}
savings: Jan Kowalski>Konto oszczędnościowe - odkładanie; Jan Kowalski>Przelew na oszczędności
charity: FUNDACJA WIELKA ORKIESTRA ŚWIĄTECZNEJ POMOCY>Darowizna; FUNDACJA SIEPOMAGA>Darowizna na cele statutowe
bailiff: KOMORNIK SĄDOWY PRZY SR W ŁODZI>Zajęcie egzekucyjne sygn. KM {n}/25
collector: KRUK SA>Spłata zadłużenia sprawa {n}
latefee: WINDYKACJA BANKOWA>Opłata za monit - wezwanie do zapłaty {n}
childcare: PRZEDSZKOLE NIEPUBLICZNE MISIE>Czesne przedszkole {mm}/{y}; ŻŁOBEK BAJKA>Opłata za żłobek {mm}/{y}
kids: SMYK; 5.10.15. ODZIEZ DZIECIECA; SKLEP Z ZABAWKAMI KUBUS
grocery: JMP S.A. BIEDRONKA 2231; LIDL; ZABKA Z4432 K.1; PIEKARNIA SPOD STRZECHY; SKLEP SPOZYWCZY U KASI
restaurant: RESTAURACJA POD LIPA; PIZZERIA DA GRASSO; SPHINX RESTAURACJA; SUSHI BAR HANA
cafe: COSTA COFFEE; KAWIARNIA RELAKS; CUKIERNIA SOWA
fastfood: MCDONALDS 221; KFC; KEBAB KING
delivery: PYSZNE.PL; WOLT; GLOVO
bar: PUB ZLOTY OSIOL; KLUB SFINKS; COCKTAIL BAR MAX
fuel: ORLEN STACJA NR 4412; BP-SLONECZNA; STACJA PALIW MOYA
parking: SKYCASH PARKING; PARKING APCOA
toll: AUTOSTRADA A4 PPO BALICE
carservice: MYJNIA SAMOCHODOWA BLYSK; AUTO SERWIS KRZYSIEK; WULKANIZACJA OPONY
transit: MPK BILET JEDNORAZOWY; ZTM BILETOMAT
pass: ZTM BILET 30-DNIOWY; MPK BILET MIESIECZNY
rail: PKP INTERCITY; KOLEJE MAZOWIECKIE
taxi: BOLT.EU/O/2611; UBER *TRIP; ITAXI
vet: GABINET WETERYNARYJNY AZOR; LECZNICA DLA ZWIERZAT CZTERY LAPY
pets: KAKADU SKLEP ZOOLOGICZNY; MAXI ZOO; SKLEP ZOOLOGICZNY REKSIO
petsWeb: ZOOPLUS.PL
gym: BENEFIT SYSTEMS SA>Karta MultiSport {mm}/{y}; ZDROFIT KLUB FITNESS
sport: DECATHLON; INTERSPORT
bets: STS SA ZAKLADY BUKMACHERSKIE; FORTUNA ZAKLADY BUKMACHERSKIE
lottery: LOTTO KOLEKTURA
apparel: RESERVED; LPP CROPP; H&M; CCC OBUWIE
jewellery: APART JUBILER
drugstore: ROSSMANN 412; HEBE
salon: SALON FRYZJERSKI ANETA; STUDIO URODY KAMELIA PAZNOKCIE
electronics: MEDIA EXPERT; RTV EURO AGD
electronicsWeb: X-KOM.PL; MORELE.NET
diy: CASTORAMA; LEROY MERLIN
furniture: IKEA; BLACK RED WHITE MEBLE
garden: CENTRUM OGRODNICZE STOKROTKA
marketplace: ALLEGRO; AMAZON.PL; TEMU.COM
culture: CINEMA CITY; TEATR POLSKI BILETY; MUZEUM NARODOWE
books: EMPIK; KSIEGARNIA MOLE
clinic: LUX MED SP Z O O; GABINET STOMATOLOGICZNY DENTIMED; DIAGNOSTYKA LABORATORIUM
pharmacy: APTEKA DOZ; APTEKA POD ORLEM
`);

const CZ = country(`
cities: PRAHA; BRNO; OSTRAVA; PLZEN
names: Jan Novák; Petra Svobodová; Jiří Dvořák; Lucie Černá
card: {m} {c}||Platba kartou; Nákup {d} karta {k}|{m}, {c}, CZE|Transakce platební kartou
web: {m}||Platba kartou na internetu; GoPay *{m}||Platba kartou na internetu
cash: Výběr z bankomatu {c}||Výběr hotovosti
kindOut: Odchozí úhrada
kindIn: Příchozí úhrada
own: Převod mezi vlastními účty
wage: Mzda {mm}/{y}; Výplata mzdy za {mm}/{y}
employers: SKODA AUTO A.S.; STAVEBNI FIRMA HORAK S.R.O.; FAKULTNI NEMOCNICE BRNO
pension: ČESKÁ SPRÁVA SOCIÁLNÍHO ZABEZPEČENÍ>Starobní důchod {mm}/{y}
scholarship: UNIVERZITA KARLOVA>Stipendium {mm}/{y}
benefit: ÚŘAD PRÁCE ČR>Přídavek na dítě {mm}/{y}
dole: ÚŘAD PRÁCE ČR>Podpora v nezaměstnanosti {mm}/{y}
client: REKLAMKA S.R.O.>Úhrada faktury {n}; VYVOJ SOFT A.S.>Faktura č. {n}
social: OKRESNÍ SPRÁVA SOCIÁLNÍHO ZABEZPEČENÍ>Záloha na sociální pojištění OSVČ {mm}/{y}
parents: Marie a Karel Benešovi>Příspěvek od rodičů
spouse: Hana Králová>Na domácnost
rent: Václav Procházka>Nájem bytu {mm}/{y}; Alena Kučerová>Nájemné {mm}/{y}
dorm: KOLEJE A MENZY UK>Nájemné kolej {mm}/{y}
tuition: VYSOKÁ ŠKOLA EKONOMIE>Školné semestr {y}
mortgage: HYPOTEČNÍ BANKA A.S.>Splátka hypotéky {n}
assoc: SVJ KVETNA 15>Příspěvek do fondu oprav a zálohy byt 8
homeins: KOOPERATIVA POJIŠŤOVNA>Pojištění domácnosti a nemovitosti {n}
carins: ČESKÁ PODNIKATELSKÁ POJIŠŤOVNA>Povinné ručení {n}
lifeins: GENERALI ČESKÁ POJIŠŤOVNA>Životní pojištění {n}
repay: ČESKÁ SPOŘITELNA>Splátka spotřebitelského úvěru {n}
utilities: ČEZ PRODEJ A.S.>Záloha na elektřinu {n}; PRAŽSKÁ PLYNÁRENSKÁ>Záloha plyn {n}
telecom: O2 CZECH REPUBLIC>Vyúčtování telefon {n}
savings: Jan Novák>Převod na spořicí účet
charity: ČLOVĚK V TÍSNI O.P.S.>Dar Klub přátel; LÉKAŘI BEZ HRANIC>Pravidelný dar
bailiff: EXEKUTORSKÝ ÚŘAD PRAHA 4>Exekuce EX {n}/25
collector: INTRUM CZECH S.R.O.>Splátka pohledávky {n}
latefee: ČESKÁ SPOŘITELNA>Poplatek za upomínku po splatnosti {n}
childcare: MATEŘSKÁ ŠKOLA SLUNÍČKO>Školkovné {mm}/{y}; JESLE BERUŠKA>Platba jesle {mm}/{y}
kids: POMPO HRACKY; DRACIK HRACKARSTVI; DETSKE OBLECENI MIMINKO
grocery: ALBERT 0412; BILLA; TESCO; PEKARSTVI KABAT; POTRAVINY U NOVAKU
restaurant: RESTAURACE U FLEKU; PIZZERIE GIOVANNI; HOSTINEC NA RUZKU
cafe: KAVARNA SLAVIA; COSTA COFFEE; CUKRARNA MYSAK
fastfood: MCDONALDS; KFC; BURGER KING
delivery: WOLT; FOODORA; DAMEJIDLO.CZ
bar: BAR U DVOU KOCEK; MUSIC CLUB LUCERNA; PIVNICE U TYGRA
fuel: BENZINA; MOL CERPACI STANICE; OMV
parking: PARKOVANI PRAHA; PARKOVISTE CENTRUM
toll: EDALNICE.CZ DALNICNI ZNAMKA
carservice: AUTOSERVIS DVORAK; MYCKA AUT; PNEUSERVIS BARUM
transit: DPP JIZDENKA; DPMB JIZDENKA
pass: DPP LITACKA MESICNI KUPON; DPMB MESICNI JIZDENKA
rail: CESKE DRAHY; REGIOJET
taxi: BOLT.EU/O/2610; LIFTAGO TAXI
vet: VETERINARNI KLINIKA AA VET; VETERINA MUDR POKORNY
pets: SUPER ZOO; CHOVATELSKE POTREBY REX
petsWeb: ZOOHIT.CZ
gym: JOHN REED FITNESS; POSILOVNA HERKULES CLENSTVI
sport: DECATHLON; SPORTISIMO
bets: TIPSPORT SAZKOVA KANCELAR; FORTUNA SAZKY
lottery: SAZKA LOTERIE
apparel: H&M; C&A; DEICHMANN OBUV
jewellery: KLENOTY AURUM
drugstore: DM DROGERIE MARKT; TETA DROGERIE
salon: KADERNICTVI JANA; KOSMETICKY SALON VENUS
electronics: DATART; ELECTRO WORLD
electronicsWeb: ALZA.CZ; CZC.CZ
diy: OBI; HORNBACH
furniture: IKEA; ASKO NABYTEK
garden: ZAHRADNICTVI ZELENA
marketplace: AMAZON.DE; TEMU.COM; AUKRO.CZ
culture: CINESTAR; NARODNI DIVADLO VSTUPENKY; GALERIE RUDOLFINUM
books: KNIHY DOBROVSKY; KNIHKUPECTVI KOSMAS
clinic: ZUBNI ORDINACE MUDR VESELA; POLIKLINIKA SOUKROMA MEDIFIN; LABORATOR SYNLAB
pharmacy: LEKARNA DR MAX; LEKARNA U LVA
`);

const SK = country(`
cities: BRATISLAVA; KOSICE; ZILINA
names: Peter Horváth; Zuzana Kováčová; Marek Varga
card: {m} {c}||Platba kartou; POS {d} {k} {m} {c} SVK||Transakcia kartou
web: {m}||Internetová platba kartou
cash: Výber z bankomatu {c}||Výber hotovosti
kindOut: Odoslaná platba
kindIn: Prijatá platba
own: Prevod medzi vlastnými účtami
wage: Mzda {mm}/{y}; Vyplata mzdy {mm}/{y}
employers: VOLKSWAGEN SLOVAKIA A.S.; NEMOCNICA RUZINOV; STAVMAT S.R.O.
pension: SOCIÁLNA POISŤOVŇA>Starobný dôchodok {mm}/{y}
scholarship: UNIVERZITA KOMENSKÉHO>Sociálne štipendium {mm}/{y}
benefit: ÚRAD PRÁCE SOCIÁLNYCH VECÍ A RODINY>Prídavok na dieťa {mm}/{y}
dole: SOCIÁLNA POISŤOVŇA>Dávka v nezamestnanosti {mm}/{y}
client: DIGITAL STUDIO S.R.O.>Úhrada faktúry {n}
social: SOCIÁLNA POISŤOVŇA>Poistné SZČO {mm}/{y}
parents: Jana a Ján Baloghovci>Vreckové od rodičov
spouse: Martina Šimková>Na domácnosť
rent: Ľubomír Kráľ>Nájomné za byt {mm}/{y}
dorm: ŠTUDENTSKÝ DOMOV ĽUDOVÍTA ŠTÚRA>Nájomné internát {mm}/{y}
tuition: PANEURÓPSKA VYSOKÁ ŠKOLA>Školné {y}
mortgage: SLOVENSKÁ SPORITEĽŇA>Splátka hypotéky {n}
assoc: SPOLOČENSTVO VLASTNÍKOV BYTOV JAVOR>Zálohové platby byt 21
homeins: ALLIANZ SP>Poistenie bytu a domácnosti {n}
carins: UNION POISŤOVŇA>PZP poistenie vozidla {n}
lifeins: UNIQA POISŤOVŇA>Životné poistenie {n}
repay: TATRA BANKA>Splátka spotrebného úveru {n}
utilities: ZSE ENERGIA>Elektrina zálohová platba {n}; SPP AS>Plyn {n}
telecom: ORANGE SLOVENSKO>Faktúra za mobil {n}
savings: Peter Horváth>Sporenie - prevod na sporiaci účet
charity: ČLOVEK V OHROZENÍ>Pravidelný dar; NADÁCIA DOBRÝ ANJEL>Dar
bailiff: EXEKÚTORSKÝ ÚRAD KOŠICE>Exekúcia EX {n}
collector: EOS KSI SLOVENSKO>Splátka pohľadávky {n}
latefee: TATRA BANKA>Poplatok za upomienku {n}
childcare: SÚKROMNÁ MATERSKÁ ŠKOLA LIENKA>Školné škôlka {mm}/{y}; DETSKÉ JASLE MACKO>Jasle {mm}/{y}
kids: DRACIK HRACKY; NUNU DETSKY TOVAR
grocery: LIDL; TESCO; COOP JEDNOTA; PEKAREN SVOREN
restaurant: RESTAURACIA KOLIBA; PIZZERIA NAPOLI
cafe: KAVIAREN SAVOY; CUKRAREN MALINA
fastfood: MCDONALDS; KEBAB ISTANBUL
delivery: WOLT; BISTRO.SK
bar: PUB STARA SLADOVNA; DISKO KLUB TROJKA
fuel: SLOVNAFT; OMV CERPACIA STANICA
parking: PARKDOTS PARKOVANIE; PARKOVISKO CENTRUM
toll: EZNAMKA.SK DIALNICNA ZNAMKA
carservice: AUTOSERVIS HORVATH; AUTOUMYVAREN
transit: DPB LISTOK; DPMK CESTOVNY LISTOK
pass: DPB MESACNA ELEKTRICENKA; IDS BK MESACNY LISTOK
rail: ZSSK ZELEZNICNA SPOLOCNOST
taxi: BOLT.EU/O/2612; HOPIN TAXI
vet: VETERINARNA AMBULANCIA PES A MACKA
pets: SUPER ZOO; CHOVATELSKE POTREBY BONY
petsWeb: ZOOHIT.SK
gym: GOLEM FITNESS CLUB; FITNESS CENTRUM ATLAS
sport: DECATHLON; EXISPORT
bets: NIKE STAVKOVA KANCELARIA; TIPOS KASINO
lottery: TIPOS LOTO
apparel: H&M; NEW YORKER; DEICHMANN OBUV
jewellery: ZLATNICTVO BRILANT
drugstore: DM DROGERIE MARKT
salon: KADERNICTVO LENKA; KOZMETIKA A NECHTY EVA
electronics: NAY ELEKTRODOM
electronicsWeb: ALZA.SK; HEJ.SK
diy: HORNBACH; OBI
furniture: IKEA; NABYTOK DECODOM
garden: ZAHRADNICTVO KULLA
marketplace: MALL.SK; TEMU.COM; AMAZON.DE
culture: CINEMA CITY; SLOVENSKE NARODNE DIVADLO; GALERIA NEDBALKA
books: MARTINUS KNIHY; PANTA RHEI
clinic: ZUBNA AMBULANCIA DENTAL; PRO CARE POLIKLINIKA; LABORATORIUM MEDIREX
pharmacy: LEKAREN DR MAX; LEKAREN POD HRADOM
`);

export const open: Vocabulary = {
  world: trades(`
airline: RYANAIR; WIZZ AIR; LUFTHANSA; EASYJET
stay: BOOKING.COM; HOTEL IBIS; HOSTEL ONE
tour: TUI REISEBURO; ITAKA BIURO PODROZY
carrental: SIXT RENT A CAR
abroad: RISTORANTE DA ENZO ROMA IT; TABERNA LISBOA PT; MUSEUM SHOP WIEN AT; CARREFOUR EXPRESS PARIS FR; TESCO EXPRESS LONDON GB; CAFE CENTRAL BUDAPEST HU
streaming: NETFLIX.COM; SPOTIFY; HBO MAX; DISNEY PLUS
gaming: STEAM GAMES; PLAYSTATION NETWORK; NINTENDO ESHOP; ROBLOX
crypto: BINANCE; COINBASE
broker: XTB SA>Wpłata na rachunek inwestycyjny {n}; INTERACTIVE BROKERS IRELAND>Deposit brokerage account U{n}
evcharge: IONITY CHARGING; GREENWAY LADOWANIE EV; TESLA SUPERCHARGER
techsubs: GOOGLE ONE; MICROSOFT 365; GITHUB INC
apparelWeb: ZALANDO SE; ABOUT YOU
travelins: EUROP ASSISTANCE>Travel insurance policy {n}
`),
  countries: { PL, CZ, SK, ...openEast, ...openWest },
};
