/** The words of the sealed split: not to be read while rules are tuned. */

import type { Vocabulary } from './vocabulary.ts';
import { country, trades } from './vocabulary.ts';
import { sealedEast } from './vocabulary-sealed-east.ts';
import { sealedWest } from './vocabulary-sealed-west.ts';

const PL = country(`
cities: KATOWICE; SZCZECIN; LUBLIN; BIALYSTOK; RZESZOW
names: Paweł Zieliński; Magdalena Szymańska; Krzysztof Dąbrowski; Agnieszka Kozłowska
card: DATA TRANSAKCJI: {D} {m} {c}||ZAKUP PRZY UŻYCIU KARTY; Zakup kartą {k} {m} {c} POL||MDS - płatność kartą - kraj
web: {m} TRANSAKCJA INTERNETOWA {D}||Zakup w internecie; BLIK {n} {m}|{m}|BLIK PŁATNOŚĆ INTERNETOWA; TPAY *{m}|KRAJOWY INTEGRATOR PLATNOSCI SA|PRZELEW
cash: WYPŁATA GOTÓWKI PLANET CASH {c}||WYPŁATA Z BANKOMATU
kindOut: Przelew wychodzący Elixir
kindIn: Przelew przychodzący Elixir
own: Przelew pomiędzy własnymi rachunkami
wage: Pensja {mm}/{y}; Przelew wynagrodzenia - lista płac {mm}.{y}; Wynagr. z tyt. umowy o pracę {mm}
employers: INPOST SP. Z O.O.; MLEKOVITA; STAROSTWO POWIATOWE W LUBLINIE; ZESPÓŁ SZKÓŁ NR 3
pension: ZUS ODDZIAŁ W LUBLINIE>Świadczenie emerytalne nr {n}; KRUS>Emerytura rolnicza {mm}/{y}
scholarship: UMCS LUBLIN>Wypłata stypendium naukowego {mm}/{y}
benefit: ZUS>800 PLUS {mm}/{y} świadczenie na dziecko
dole: PUP W RZESZOWIE>Zasiłek dla osoby bezrobotnej {mm}
client: HURT-POL SP. J.>Zapłata za FV {n}/{y}; STUDIO FILMOWE KADR>Faktura {n} usługi projektowe
social: ZUS>Składki na ubezpieczenia społeczne {y}{mm}
parents: Danuta Mazur>Kieszonkowe
spouse: Robert Pawlak>Przelew środków
rent: Stanisław Górski>Opłata za wynajem mieszkania {mm}; RESI4RENT>Czynsz najmu lokal {n}
dorm: BASECAMP STUDENT>Czynsz za pokój akademik prywatny {mm}
tuition: WSB MERITO>Czesne rata {n} studia
mortgage: SANTANDER BANK POLSKA>Rata kapitałowo-odsetkowa kredyt hipoteczny {n}
assoc: WSPÓLNOTA MIESZKANIOWA RÓŻANA 3>Zaliczka na koszty zarządu i fundusz remontowy
homeins: LINK4>Polisa dom i mieszkanie {n}
carins: COMPENSA TU>Polisa komunikacyjna OC {n}
lifeins: PRUDENTIAL>Składka polisa na życie {n}
repay: CREDIT AGRICOLE>Rata kredytu gotówkowego {n}
utilities: TAURON SPRZEDAŻ>Rachunek za prąd {n}; WODOCIĄGI MIEJSKIE>Faktura za wodę i ścieki {n}
telecom: P4 SP. Z O.O. PLAY>Rachunek telefoniczny {n}
savings: Paweł Zieliński>Zasilenie lokaty oszczędnościowej; Paweł Zieliński>Oszczędzanie cel wakacyjna skarbonka
charity: CARITAS POLSKA>Wsparcie darowizna; POLSKA AKCJA HUMANITARNA>Darowizna miesięczna
bailiff: KANCELARIA KOMORNICZA NR IV LUBLIN>Egzekucja komornicza KM {n}
collector: ULTIMO SA>Wpłata na poczet długu {n}; BEST SA>Ugoda spłata wierzytelności {n}
latefee: PROVIDENT POLSKA>Opłata windykacyjna za opóźnienie {n}
childcare: NIANIA OLA>Opieka nad dzieckiem {mm}; PRZEDSZKOLE SŁONECZKO>Opłata za przedszkole {mm}
kids: PEPCO BABY; COCCODRILLO; ZABAWKI TOY PLANET; BOBOWOZKI SKLEP DZIECIECY
grocery: KAUFLAND 07; DINO POLSKA; STOKROTKA; WARZYWNIAK PANI BASI; MASARNIA KRAKUS
restaurant: GOSPODA POD JELENIEM; RISTORANTE VERDI; BISTRO MAK
cafe: STARBUCKS; GREEN CAFFE NERO; LODZIARNIA ROMA
fastfood: BURGER KING; PASIBUS; ZAPIEKANKI U STACHA
delivery: UBER EATS; BOLT FOOD; PIZZA HUT DOSTAWA
bar: PIWIARNIA WARKA; DISCO CLUB HEAVEN; BAR PIWNY KUFEL
fuel: SHELL; CIRCLE K; AMIC ENERGY STACJA PALIW
parking: MPAY PARKOWANIE; PARKING STRZEZONY CENTRUM
toll: E-TOLL AUTOSTRADA A2
carservice: MECHANIKA POJAZDOWA NOWAK; NORAUTO; AUTO MYJNIA BEZDOTYKOWA
transit: ZDITM BILET; ZTM LUBLIN BILET
pass: ZTM LUBLIN BILET OKRESOWY 30 DNI; KZK SLASKA KARTA BILET MIESIECZNY
rail: POLREGIO; FLIXBUS
taxi: FREENOW; RADIO TAXI 919
vet: PRZYCHODNIA WETERYNARYJNA FUTRZAK
pets: ZOO NATURA; ZOOLOGICZNY SWIAT
petsWeb: FERA.PL; KARMA24.PL
gym: CALYPSO FITNESS; FITNESS PLATINIUM; KLUB JOGI LOTOS KARNET
sport: GO SPORT; MARTES SPORT
bets: BETCLIC POLSKA; SUPERBET; TOTAL CASINO
lottery: TOTALIZATOR SPORTOWY LOTTO
apparel: SINSAY; MOHITO; C&A; DEICHMANN
jewellery: W.KRUK; YES BIZUTERIA
drugstore: SUPER-PHARM KOSMETYKI; DROGERIE NATURA
salon: BARBER SHOP OLD SCHOOL; GABINET KOSMETYCZNY PERLA
electronics: NEONET; KOMPUTRONIK
electronicsWeb: MEDIAMARKT.PL SKLEP ONLINE; AL.TO
diy: OBI; MROWKA MARKET BUDOWLANY
furniture: AGATA MEBLE; JYSK
garden: SZKOLKA ROSLIN IGLAK
marketplace: ERLI.PL; ALIEXPRESS; OLX.PL PRZESYLKA
culture: MULTIKINO; FILHARMONIA LUBELSKA; EBILET.PL
books: SWIAT KSIAZKI; TANIAKSIAZKA KSIEGARNIA
clinic: ENEL-MED; PRYWATNY GABINET KARDIOLOGICZNY; ALAB LABORATORIA; STOMATOLOG DR ZAB
pharmacy: APTEKA GEMINI; APTEKA ZIKO
`);

const CZ = country(`
cities: LIBEREC; OLOMOUC; PARDUBICE
names: Tomáš Procházka; Eva Marková; Martin Jelínek
card: {m}, {c}|{m}|Platba kartou {k}; {d} {m} {c} CZ||Debetní karta - nákup
web: {m} platba přes internet||Internetová platba
cash: ATM {c} výběr {k}||Výběr z ATM
kindOut: Okamžitá odchozí platba
kindIn: Bezhotovostní příjem
own: Vlastní převod
wage: Plat {mm}/{y}; MZDA ZA MESIC {mm}
employers: CESKA POSTA S.P.; ZAKLADNI SKOLA LIBEREC; STROJIRNY VITEK A.S.
pension: ČSSZ DŮCHODY>Důchod {mm}.{y}
scholarship: UNIVERZITA PALACKEHO OLOMOUC>Sociální stipendium {mm}
benefit: UP CR STATNI SOCIALNI PODPORA>Rodičovský příspěvek {mm}/{y}
dole: UP CR>Dávka podpora v nezaměstnanosti {mm}
client: AGRO SERVIS S.R.O.>Platba fa {n}; PRODUKCE KLIP S.R.O.>Faktura {n} za služby
social: OSSZ LIBEREC>OSVČ důchodové pojištění {mm}
parents: Jaroslava Malá>Kapesné
spouse: Pavel Urban>Převod
rent: Blanka Dušková>Platba nájmu {mm}; BYTY OLOMOUC S.R.O.>Nájemné byt č. {n}
dorm: KOLEJ PALACH UP>Nájem pokoj kolej {mm}
tuition: METROPOLITNI UNIVERZITA>Školné {n}
mortgage: RAIFFEISENBANK>Hypoteční úvěr splátka {n}
assoc: BYTOVE DRUZSTVO SVORNOST>Fond oprav a služby družstevní byt
homeins: UNIQA POJISTOVNA>Pojištění bytu {n}
carins: ALLIANZ POJISTOVNA>Autopojištění {n}
lifeins: METLIFE>Pojistné životní pojištění {n}
repay: MONETA>Splátka půjčky {n}
utilities: INNOGY ENERGIE>Zálohy plyn {n}; SEVEROCESKE VODOVODY>Vodné stočné {n}
telecom: T-MOBILE CZECH>Faktura mobilní služby {n}
savings: Tomáš Procházka>Pravidelné spoření na spořicím účtu
charity: DOBRY ANDEL NADACE>Příspěvek; UNICEF CR>Dar
bailiff: SOUDNI EXEKUTOR JUDR. KREJCI>Vymáhání EX {n}
collector: KRUK CESKA A SLOVENSKA>Splátka dluhu {n}
latefee: HOME CREDIT>Úrok z prodlení a upomínka {n}
childcare: DETSKA SKUPINA KORALEK>Hlídání dětí {mm}; SKOLKA POHADKA>Školka {mm}
kids: BAMBULE HRACKY; FEEDO DETSKE POTREBY; BABY SHOP KUBIK
grocery: LIDL; PENNY; GLOBUS; REZNICTVI SVOBODA; OVOCE ZELENINA
restaurant: RESTAURACE KOTELNA; STEAK HOUSE GRIL; INDICKA RESTAURACE
cafe: KAVARNA KOKO; STARBUCKS; ZMRZLINARNA ANGELATO
fastfood: BAGETERIE BOULEVARD; KEBAB EXPRES
delivery: BOLT FOOD; PIZZA ROZVOZ MARIO
bar: VINARNA U SKLEPA; NOCNI KLUB FLAMINGO; IRISH PUB
fuel: SHELL; EUROOIL; TANK ONO
parking: MR.PARKIT; PARKOVACI DUM
toll: DALNICNI ZNAMKA
carservice: OPRAVA AUT SIMEK; PNEU SERVIS KOLO; AUTO KELLY DILY
transit: DPMLJ JIZDENKA; IDSOK JIZDNE
pass: IDOL MESICNI JIZDENKA; IDSOK CASOVA JIZDENKA MESICNI
rail: LEO EXPRESS; FLIXBUS
taxi: UBER *TRIP; TAXI LIBEREC NONSTOP
vet: VETERINARNI ORDINACE KOCOUR
pets: PET CENTER; KRMIVA PRO PSY HAFIK
petsWeb: SPOKOJENYPES.CZ; KRMIVO-BRIT.CZ
gym: FORM FACTORY; JOGA STUDIO CLENSTVI; FITKO OLYMP PERMANENTKA
sport: INTERSPORT; HUDYSPORT
bets: CHANCE SAZKY; BETANO
lottery: SPORTKA LOTERIE
apparel: RESERVED; KIK TEXTIL; BATA OBUV; OREA ODEVY
jewellery: ZLATNICTVI KLENOTA
drugstore: ROSSMANN; NOTINO PRODEJNA PARFUMERIE
salon: HOLICSTVI BARBER; NEHTOVE STUDIO LILY
electronics: PLANEO ELEKTRO; OKAY ELEKTRO
electronicsWeb: DATART.CZ ESHOP; MIRONET.CZ
diy: BAUHAUS; UNI HOBBY
furniture: JYSK; XXXLUTZ; SCONTO NABYTEK
garden: ZAHRADNI CENTRUM CHLADEK
marketplace: ALIEXPRESS; EBAY; SBAZAR.CZ
culture: KINO METROPOL; DIVADLO F.X. SALDY; GOOUT VSTUPENKY
books: LUXOR KNIHKUPECTVI; ANTIKVARIAT KNIHA
clinic: CANADIAN MEDICAL; DENTALNI HYGIENA CENTRUM; FYZIOTERAPIE PROVITA
pharmacy: BENU LEKARNA; PILULKA LEKARNA
`);

const SK = country(`
cities: NITRA; PRESOV; TRENCIN
names: Michal Tóth; Katarína Nagyová; Juraj Molnár
card: Nákup kartou {k} {m} {c}||; {m} {c}|{m}|Platobná karta
web: {m} e-commerce||Platba kartou internet
cash: ATM výber {c} {k}||Bankomat
kindOut: SEPA platba
kindIn: SEPA príjem
own: Prevod na vlastný účet
wage: Výplata {mm}/{y}; Mzda za mesiac {mm}
employers: SLOVENSKA POSTA A.S.; MESTO NITRA; KIA SLOVAKIA S.R.O.
pension: SOCIALNA POISTOVNA USTREDIE>Dôchodok {mm}/{y}
scholarship: STU BRATISLAVA>Motivačné štipendium {mm}
benefit: UPSVAR NITRA>Rodičovský príspevok {mm}/{y}
dole: SOCIALNA POISTOVNA>Podpora v nezamestnanosti {mm}
client: STROJ EXPORT A.S.>Faktúra {n}; EVENT PRO S.R.O.>Úhrada fa {n}
social: SOCIALNA POISTOVNA NITRA>Odvody SZČO {mm}
parents: Viera Kolárová>Podpora od rodičov
spouse: Roman Blaho>Prevod
rent: Dušan Hudák>Prenájom bytu {mm}; NAJOM PLUS S.R.O.>Nájom {mm}/{y}
dorm: INTERNAT SPU NITRA>Nájomné za izbu internát {mm}
tuition: VYSOKA SKOLA MANAZMENTU>Školné semester {n}
mortgage: VUB BANKA>Hypotekárny úver splátka {n}
assoc: SPRAVCA BYTOV SLUZBYT>Mesačný predpis fond opráv byt 7
homeins: KOOPERATIVA>Poistenie nehnuteľnosti {n}
carins: GENERALI>Povinné zmluvné poistenie auto {n}
lifeins: NN ZIVOTNA POISTOVNA>Poistné život {n}
repay: PRIMA BANKA>Splátka pôžičky {n}
utilities: VSE ENERGIA>Preddavok elektrina {n}
telecom: SLOVAK TELEKOM>Faktúra telefón {n}
savings: Michal Tóth>Pravidelné sporenie
charity: PLAMIENOK N.O.>Dar; UNICEF SLOVENSKO>Príspevok dar
bailiff: JUDR. KRUTY SUDNY EXEKUTOR>Vymáhanie EX {n}
collector: INTRUM SLOVAKIA>Splátka dlhu {n}
latefee: HOME CREDIT SLOVAKIA>Úrok z omeškania {n}
childcare: SKOLKA VCIELKA>Poplatok škôlka {mm}; PESTUNKA LUCIA>Stráženie detí {mm}
kids: POMPO HRACKY; DETSKY SVET BABATKO
grocery: KAUFLAND; BILLA; POTRAVINY CBA; MASO UDENINY TAURIS
restaurant: RESTAURACIA ZLATY BAZANT; RESTAURACIA PHO HANOI
cafe: KAVIAREN MOMENT; CUKRAREN GELATERIA
fastfood: KFC; BURGER BAR
delivery: FOODORA; BOLT FOOD
bar: VINAREN POD HRADOM; NOCNY BAR CASABLANCA
fuel: SHELL; JURKI CERPACIA STANICA
parking: PARKOVACI DOM; EASYPARK
toll: DIALNICNA ZNAMKA SR
carservice: PNEUSERVIS BEST DRIVE; AUTODIELY SERVIS
transit: ARRIVA NITRA LISTOK; DPMP LISTOK
pass: ARRIVA MESACNY CESTOVNY LISTOK; DPMP MESACNY LISTOK
rail: REGIOJET; LEO EXPRESS
taxi: UBER *TRIP; TAXI NITRA
vet: VETERINARNA KLINIKA TLAPKA
pets: PET CENTER; ZVERIMEX FUNNY
petsWeb: KRMIVA.SK ESHOP; FERA.SK
gym: FIT UP FITNESS; POSILNOVNA GLADIATOR PERMANENTKA
sport: SPORTISIMO; INTERSPORT
bets: DOXXBET; FORTUNA STAVKY
lottery: LOTERIA EUROJACKPOT
apparel: RESERVED; C&A; CCC OBUV
jewellery: KLENOTNICTVO SAFIR
drugstore: TETA DROGERIA; 101 DROGERIE
salon: BARBER SHOP GENTLEMAN; SALON KRASY AFRODITA
electronics: DATART; PLANEO ELEKTRO
electronicsWeb: DATACOMP.SK; ANDREASHOP.SK
diy: MERKURY MARKET; STAVEBNINY DOMOV
furniture: JYSK; SCONTO NABYTOK
garden: ZAHRADNE CENTRUM TULIPAN
marketplace: ALIEXPRESS; EBAY; BAZOS.SK
culture: CINEMAX; DIVADLO ANDREJA BAGARA; TICKETPORTAL
books: ARTFORUM KNIHKUPECTVO
clinic: STOMATOLOGIA DR BIELY; SVET ZDRAVIA; FYZIOTERAPIA POHYB
pharmacy: BENU LEKAREN; LEKAREN SV ANNY
`);

export const sealed: Vocabulary = {
  world: trades(`
airline: LOT POLISH AIRLINES; KLM; VUELING AIRLINES; AIR BALTIC; TAP AIR PORTUGAL
stay: AIRBNB * HM{n}; HOTELS.COM; GRAND HOTEL; PENSION ALPINA
tour: RAINBOW TOURS; CEDOK; ESKY.COM
carrental: HERTZ; EUROPCAR
abroad: OSTERIA MARIO MILANO IT; PLAKA SOUVENIRS ATHENS GR; BILLA WIEN AT; MONOPRIX NICE FR; KONZUM SPLIT HR; BISTRO GENEVE CH
streaming: AMAZON PRIME VIDEO; YOUTUBE PREMIUM; SKYSHOWTIME; TIDAL; CRUNCHYROLL
gaming: EPIC GAMES STORE; XBOX GAME PASS; BLIZZARD ENTERTAINMENT; RIOT GAMES; GOG.COM
crypto: KRAKEN; BITPANDA; BYBIT
broker: TRADE REPUBLIC BANK>Sparplan ETF {n}; DEGIRO>Deposit flatexDEGIRO securities {n}; SAXO BANK>Funding brokerage {n}
evcharge: ELECTRIFY EV CHARGE; SHELL RECHARGE EV; ELEPORT CHARGING
techsubs: DROPBOX; ADOBE CREATIVE CLOUD; OPENAI CHATGPT SUBSCR; NORDVPN
apparelWeb: SHEIN.COM; ASOS.COM; BONPRIX
travelins: AXA PARTNERS>Annual travel insurance {n}
`),
  countries: { PL, CZ, SK, ...sealedEast, ...sealedWest },
};
