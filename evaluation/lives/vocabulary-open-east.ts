/** The words of the open split: Romania and the Baltic countries. */
import { country } from './vocabulary.ts';

const RO = country(`
cities: BUCURESTI; CLUJ-NAPOCA; TIMISOARA; IASI
names: Andrei Popescu; Ioana Ionescu; Mihai Dumitru
card: Plata la POS {m} {c} RO|| ; {m} {c}|{m}|Cumparare POS; Utilizare POS comerciant {d} card {k} {m} {c}||
web: Plata online {m}||Plata internet; PAYU*{m}||Comert electronic
cash: Retragere numerar ATM {c}||Retragere numerar
kindOut: Transfer interbancar
kindIn: Incasare
own: Transfer intre conturile proprii
wage: Salariu luna {mm}/{y}; Virament salariu {mm} {y}
employers: DACIA RENAULT SA; SPITALUL JUDETEAN CLUJ; SOFTWIN SRL
pension: CASA DE PENSII>Pensie {mm}/{y}
scholarship: UNIVERSITATEA BABES BOLYAI>Bursa {mm}/{y}
benefit: AGENTIA PENTRU PLATI SI INSPECTIE SOCIALA>Alocatie copil {mm}/{y}
dole: AJOFM>Indemnizatie somaj {mm}/{y}
client: PIXEL MEDIA SRL>Plata factura {n}
social: ANAF TREZORERIE>CAS CASS PFA {mm}/{y}
parents: Elena si Ion Stan>Bani de la parinti
spouse: Cristina Radu>Cheltuieli casa
rent: Vasile Munteanu>Chirie apartament {mm}/{y}
dorm: CAMIN STUDENTESC HASDEU>Chirie camera camin studentesc {mm}/{y}
tuition: UNIVERSITATEA BUCURESTI>Taxa scolarizare {y}
mortgage: BANCA TRANSILVANIA>Rata credit ipotecar {n}
assoc: ASOCIATIA DE PROPRIETARI BL. 14>Intretinere ap. 22 {mm}/{y}
homeins: GROUPAMA ASIGURARI>Asigurare locuinta polita {n}
carins: OMNIASIG>Asigurare RCA {n}
lifeins: NN ASIGURARI DE VIATA>Prima asigurare de viata {n}
repay: BRD>Rata credit nevoi personale {n}
utilities: E.ON ENERGIE>Factura energie electrica {n}; APA NOVA>Factura apa {n}
telecom: DIGI RCS RDS>Factura telefon internet {n}
savings: Andrei Popescu>Transfer cont economii
charity: SALVATI COPIII>Donatie lunara; HOSPICE CASA SPERANTEI>Donatie
bailiff: BEJ IONESCU EXECUTOR JUDECATORESC>Poprire dosar executare {n}
collector: KRUK ROMANIA SRL>Plata datorie {n}
latefee: BRD>Penalitate intarziere plata {n}
childcare: GRADINITA PITICOT>Taxa gradinita {mm}/{y}; CRESA STRUMFII>Cresa {mm}/{y}
kids: NORIEL JUCARII; MAGAZIN COPII BEBE TEI
grocery: MEGA IMAGE; KAUFLAND; PROFI; BRUTARIA LUCA
restaurant: RESTAURANT CARU CU BERE; TRATTORIA VERDE; CRAMA DOMNEASCA
cafe: CAFENEA FIVE TO GO; COFETARIA ALICE
fastfood: MCDONALDS; SHAORMA DRISTOR
delivery: TAZZ BY EMAG; GLOVO; BOLT FOOD
bar: PUB BEER O CLOCK; CLUB CONTROL
fuel: PETROM; ROMPETROL; MOL BENZINARIE
parking: PARCARE PUBLICA CENTRU; TPARK PARCARE
toll: ROVINIETA CNAIR
carservice: SERVICE AUTO POPA; VULCANIZARE MOBILA; SPALATORIE AUTO BLITZ
transit: STB BILET; CTP CLUJ BILET
pass: STB ABONAMENT LUNAR; METROREX ABONAMENT LUNAR
rail: CFR CALATORI
taxi: BOLT.EU/O/2608; UBER *TRIP; TAXI COBALCESCU
vet: CABINET VETERINAR DR PETRE
pets: ANIMAX; PETSHOP LABUTA
petsWeb: ZOOPLUS.RO
gym: WORLD CLASS ABONAMENT; SALA FITNESS 18GYM
sport: DECATHLON; HERVIS SPORTS
bets: SUPERBET; CASA PARIURILOR
lottery: LOTERIA ROMANA
apparel: ZARA; LC WAIKIKI; CCC INCALTAMINTE
jewellery: TEILOR BIJUTERII
drugstore: DM DROGERIE MARKT; DOUGLAS
salon: SALON COAFURA MIRELA; SALON INFRUMUSETARE GLAM
electronics: ALTEX; MEDIA GALAXY
electronicsWeb: PC GARAGE; EVOMAG
diy: DEDEMAN; HORNBACH
furniture: IKEA; MOBEXPERT
garden: GRADINARIA FLORILOR
marketplace: EMAG; TEMU.COM; OLX.RO
culture: CINEMA CITY; TEATRUL NATIONAL BILETE; MUZEUL DE ARTA
books: CARTURESTI; LIBRARIA HUMANITAS
clinic: REGINA MARIA; CLINICA STOMATOLOGICA DENT ESTET; SYNEVO LABORATOR
pharmacy: FARMACIA CATENA; FARMACIA HELP NET
`);

const LT = country(`
cities: VILNIUS; KAUNAS; KLAIPEDA
names: Jonas Kazlauskas; Rūta Petrauskienė; Mantas Stankevičius
card: {m} {c}||Pirkinys; PIRKINYS {k} {D} {m} {c} LTU||
web: Pirkinys internetu {m}||Pirkinys internetu
cash: Grynųjų išėmimas bankomate {c}||Grynųjų išmokėjimas
kindOut: Mokėjimas
kindIn: Gautas mokėjimas
own: Pervedimas tarp savo sąskaitų
wage: Darbo užmokestis {y}-{mm}; Atlyginimas už {mm} mėn.
employers: UAB STATYBU CENTRAS; KAUNO KLINIKOS; AB LIETUVOS GELEZINKELIAI
pension: VSDFV VILNIAUS SKYRIUS>Senatvės pensija {mm}/{y}
scholarship: VILNIAUS UNIVERSITETAS>Stipendija {mm}/{y}
benefit: VILNIAUS MIESTO SAVIVALDYBE>Vaiko pinigai {mm}/{y}
dole: VSDFV>Nedarbo išmoka {mm}/{y}
client: UAB KURYBOS NAMAI>Apmokėjimas pagal sąskaitą faktūrą {n}
social: VSDFV BIUDZETAS>Savarankiškai dirbančio VSD įmokos {mm}/{y}
parents: Ona ir Petras Jankauskai>Nuo tėvų pragyvenimui
spouse: Eglė Urbonaitė>Bendroms išlaidoms
rent: Algis Butkus>Buto nuoma {mm}/{y}
dorm: VU BENDRABUTIS>Bendrabučio kambario nuoma {mm}/{y}
tuition: MYKOLO ROMERIO UNIVERSITETAS>Mokestis už studijas {y}
mortgage: SEB BANKAS>Būsto kredito įmoka {n}
assoc: DNSB TAIKOS 15>Namo administravimo mokestis butas 4
homeins: ERGO INSURANCE>Būsto draudimas {n}
carins: LIETUVOS DRAUDIMAS>Vairuotojų civilinės atsakomybės draudimas {n}
lifeins: SB DRAUDIMAS>Gyvybės draudimo įmoka {n}
repay: SWEDBANK>Vartojimo paskolos įmoka {n}
utilities: IGNITIS UAB>Už elektrą {n}; VILNIAUS VANDENYS>Už vandenį {n}
telecom: TELIA LIETUVA>Sąskaita už mobilų ryšį {n}
savings: Jonas Kazlauskas>Taupymas - į taupomąją sąskaitą
charity: RAUDONOSIOS NOSYS VSI>Parama; MAISTO BANKAS>Auka
bailiff: ANTSTOLIO R. VIZAINIO KONTORA>Pagal vykdomąją bylą {n}
collector: UAB GELVORA>Skolos grąžinimas {n}
latefee: SWEDBANK>Delspinigiai pavėluotas mokėjimas {n}
childcare: DARZELIS BORUZELE>Už darželį {mm}/{y}
kids: XS ZAISLAI; VAIKISKI DRABUZIAI BEBE
grocery: MAXIMA; IKI; RIMI; KEPYKLA AGUONA
restaurant: RESTORANAS LOKYS; CILI PICERIJA
cafe: KAVINE VERO CAFE; KEPYKLELE KAVINE BENEDIKTAS
fastfood: HESBURGER; MCDONALDS
delivery: WOLT; BOLT FOOD
bar: BARAS ALAUS BIBLIOTEKA; NAKTINIS KLUBAS OPIUM
fuel: CIRCLE K DEGALINE; VIADA; BALTIC PETROLEUM
parking: UNIPARK; STOVA PARKAVIMAS
toll: KELIU MOKESTIS VINJETE
carservice: AUTOSERVISAS GARAZAS; AUTOPLOVYKLA SVARA
transit: JUDU BILIETAS; KAUNO AUTOBUSAI BILIETAS
pass: JUDU MENESINIS BILIETAS; KAUNO ZIOGO MENESINIS BILIETAS
rail: LTG LINK; ECOLINES
taxi: BOLT.EU/O/2607; ETRANSPORT TAKSI
vet: VETERINARIJOS KLINIKA KAIMELIS
pets: KIKA ZOO; GYVUNU PREKES PUKIS
petsWeb: ZOOPLUS.LT
gym: GYM PLUS NARYSTE; LEMON GYM
sport: DECATHLON; SPORTLAND
bets: TOPSPORT LAZYBOS; OLYBET KAZINO
lottery: PERLAS LOTERIJA
apparel: RESERVED; APRANGA; DEICHMANN BATAI
jewellery: JUVELYRIKA AUKSO AMATAS
drugstore: DROGAS; DOUGLAS
salon: GROZIO SALONAS ROZE; KIRPYKLA STILIUS
electronics: TOPO CENTRAS; ELEKTROMARKT
electronicsWeb: VARLE.LT; SKYTECH.LT
diy: SENUKAI; MOKI VEZI
furniture: IKEA; JYSK
garden: SODO CENTRAS ZALIA
marketplace: PIGU.LT; TEMU.COM; AMAZON.DE
culture: FORUM CINEMAS; OPEROS IR BALETO TEATRAS; MO MUZIEJUS
books: VAGA KNYGYNAS; PEGASAS KNYGYNAS
clinic: ODONTOLOGIJOS KLINIKA DENTA; KARDIOLITOS KLINIKOS; SYNLAB LABORATORIJA
pharmacy: EUROVAISTINE; CAMELIA VAISTINE
`);

const LV = country(`
cities: RIGA; LIEPAJA; DAUGAVPILS
names: Jānis Bērziņš; Ilze Kalniņa; Andris Ozols
card: PIRKUMS {k} {D} {m} {c} LVA||; {m} {c}||Pirkums ar karti
web: Pirkums internetā {m}||Pirkums internetā
cash: Skaidras naudas izmaksa bankomātā {c}||Naudas izmaksa
kindOut: Maksājums
kindIn: Ienākošais maksājums
own: Pārskaitījums starp saviem kontiem
wage: Darba alga {mm}.{y}; Alga par {mm}/{y}
employers: SIA BUVNIEKS; RIGAS STRADINA SLIMNICA; LATVIJAS VALSTS MEZI
pension: VSAA>Vecuma pensija {mm}/{y}
scholarship: LATVIJAS UNIVERSITATE>Stipendija {mm}/{y}
benefit: VSAA>Ģimenes valsts pabalsts {mm}/{y}
dole: VSAA>Bezdarbnieka pabalsts {mm}/{y}
client: SIA DIZAINA DARBNICA>Rēķina apmaksa nr {n}
social: VALSTS KASE>VSAOI iemaksas saimnieciskā darbība {mm}/{y}
parents: Aina un Uldis Liepas>Kabatas nauda no vecākiem
spouse: Kristīne Jansone>Mājas izdevumiem
rent: Valdis Krūmiņš>Īre par dzīvokli {mm}/{y}
dorm: RTU DIENESTA VIESNICA>Īre par istabu kopmītnē {mm}/{y}
tuition: RISEBA AUGSTSKOLA>Studiju maksa {y}
mortgage: SWEDBANK AS>Hipotekārā kredīta maksājums {n}
assoc: SIA RIGAS NAMU PARVALDNIEKS>Apsaimniekošanas maksa dzīvoklis 12
homeins: BALTA AAS>Mājokļa apdrošināšana {n}
carins: BTA BALTIC INSURANCE>OCTA apdrošināšana {n}
lifeins: CBL LIFE>Dzīvības apdrošināšana {n}
repay: CITADELE>Patēriņa kredīta maksājums {n}
utilities: LATVENERGO ELEKTRUM>Rēķins par elektrību {n}; RIGAS SILTUMS>Rēķins par apkuri {n}
telecom: LMT>Rēķins par mobilo tālruni {n}
savings: Jānis Bērziņš>Uzkrājums uz krājkontu
charity: ZIEDOT.LV>Ziedojums; SOS BERNU CIEMATI>Ziedojums
bailiff: ZVERINATS TIESU IZPILDITAJS A. KALNS>Izpildu lieta {n}
collector: PAUS KONSULTS PARADU PIEDZINA>Parāda atmaksa {n}
latefee: CITADELE>Soda nauda par kavētu maksājumu {n}
childcare: PRIVATAIS BERNUDARZS MARITE>Bērnudārza maksa {mm}/{y}
kids: XS ROTALLIETAS; BERNU PRECES LACITIS
grocery: RIMI; MAXIMA; TOP VEIKALS; MAIZNICA FLORA
restaurant: RESTORANS LIDO; PICERIJA LULU
cafe: KAFEJNICA MIERA; NARVESEN KAFEJNICA
fastfood: HESBURGER; MCDONALDS
delivery: WOLT; BOLT FOOD
bar: BARS ALA PAGRABS; NAKTSKLUBS STUDIO 69
fuel: VIRSI DEGVIELA; CIRCLE K DUS; NESTE
parking: MOBILLY STAVVIETA; EUROPARK
toll: VINJETE.LV
carservice: AUTOSERVISS DZINTARS; AUTOMAZGATAVA SKAIDRA
transit: RIGAS SATIKSME BILETE
pass: RIGAS SATIKSME MENESBILETE; VIVI VILCIENU ABONEMENTS
rail: PASAZIERU VILCIENS; LUX EXPRESS
taxi: BOLT.EU/O/2606; BALTIC TAXI
vet: VETERINARA KLINIKA DRAUGS
pets: DINO ZOO; ZOOVEIKALS MURIS
petsWeb: ZOOPLUS.LV
gym: LEMON GYM; SPORTA KLUBS ATLETS ABONEMENTS
sport: DECATHLON; SPORTLAND
bets: OPTIBET; OLYBET KAZINO
lottery: LATVIJAS LOTO
apparel: RESERVED; LINDEX; EURO SKOR APAVI
jewellery: GRENARDI JUVELIERIS
drugstore: DROGAS; DOUGLAS
salon: FRIZETAVA ANNA; SKAISTUMKOPSANAS SALONS LAIMA
electronics: EURONICS; ELKOR
electronicsWeb: 1A.LV; DATEKS.LV
diy: DEPO; KURSI
furniture: IKEA; JYSK
garden: DARZA CENTRS ZEMGALE
marketplace: 220.LV; TEMU.COM; AMAZON.DE
culture: FORUM CINEMAS; DAILES TEATRIS; MAKSLAS MUZEJS
books: JANIS ROZE GRAMATNICA; VALTERS UN RAPA
clinic: ZOBARSTNIECIBA SMAIDS; VESELIBAS CENTRS 4; E GULBJA LABORATORIJA
pharmacy: MENESS APTIEKA; BENU APTIEKA
`);

const EE = country(`
cities: TALLINN; TARTU; PARNU
names: Tõnu Tamm; Kadri Saar; Priit Mägi
card: {m}, {c}||Kaardimakse; OST {k} {D} {m} {c} EST||
web: Internetiost {m}||Kaardimakse internetis
cash: Sularaha väljavõtt automaat {c}||Sularaha
kindOut: Makse
kindIn: Laekumine
own: Ülekanne oma kontode vahel
wage: Palk {mm}/{y}; Töötasu {mm}.{y}
employers: AS EHITUSTRUST; TARTU ULIKOOLI KLIINIKUM; OU PUIDUKODA
pension: SOTSIAALKINDLUSTUSAMET>Vanaduspension {mm}/{y}
scholarship: TARTU ÜLIKOOL>Stipendium {mm}/{y}
benefit: SOTSIAALKINDLUSTUSAMET>Lapsetoetus {mm}/{y}
dole: EESTI TÖÖTUKASSA>Töötuskindlustushüvitis {mm}/{y}
client: OU DISAINIMAJA>Arve {n} tasumine
social: MAKSU- JA TOLLIAMET>FIE sotsiaalmaks {mm}/{y}
parents: Mall ja Ants Kask>Taskuraha vanematelt
spouse: Liis Rebane>Ühised kulud
rent: Urmas Lepik>Korteri üür {mm}/{y}
dorm: MTU ULIOPILASMAJA>Ühiselamu toa üür {mm}/{y}
tuition: ESTONIAN BUSINESS SCHOOL>Õppemaks {y}
mortgage: LHV PANK>Kodulaenu makse {n}
assoc: KORTERIÜHISTU KASE 11>Korteriühistu arve {mm}/{y} hooldustasu
homeins: IF P&C INSURANCE>Kodukindlustus {n}
carins: SALVA KINDLUSTUS>Liikluskindlustus {n}
lifeins: COMPENSA LIFE>Elukindlustus {n}
repay: COOP PANK>Väikelaenu makse {n}
utilities: EESTI ENERGIA>Elektri arve {n}; TALLINNA VESI>Vee arve {n}
telecom: ELISA EESTI>Mobiiliarve {n}
savings: Tõnu Tamm>Kogumine kogumiskontole
charity: TOIDUPANK>Annetus; VÄHIRAVIFOND KINGITUD ELU>Annetus
bailiff: KOHTUTÄITUR E. PÄRN>Täiteasi {n}
collector: JULIANUS INKASSO>Võlgnevuse tasumine {n}
latefee: COOP PANK>Viivis hilinenud makse {n}
childcare: LASTEAED SIPSIK>Lasteaia kohatasu {mm}/{y}
kids: XS MANGUASJAD; BEEBIKAUP LASTEKAUBAD
grocery: SELVER; PRISMA; COOP KONSUM; PAGARIARI ROST
restaurant: RESTORAN RATASKAEVU; PITSARESTORAN KAPRIIS
cafe: KOHVIK MAIASMOKK; REVAL CAFE
fastfood: HESBURGER; MCDONALDS
delivery: WOLT; BOLT FOOD
bar: PUBI HELL HUNT; OOKLUBI HOLLYWOOD
fuel: ALEXELA TANKLA; CIRCLE K; OLEREX
parking: PARK24 PARKIMINE; EUROPARK
toll: TEETASU VINJETT
carservice: AUTOTEENINDUS MEHAANIK; AUTOPESULA LAINE
transit: TALLINN PILET; TARTU BUSSIPILET
pass: TARTU LINNALIIN 30 PAEVA PILET; ELRON KUUPILET
rail: ELRON; LUX EXPRESS
taxi: BOLT.EU/O/2605; TULIKA TAKSO
vet: LOOMAKLIINIK TIINA
pets: ZOO ARI; PETCITY LOOMAPOOD
petsWeb: ZOOPLUS.EE
gym: MYFITNESS; JOUSAAL TITAAN LIIKMEMAKS
sport: SPORTLAND; DECATHLON
bets: OLYBET KASIINO; COOLBET
lottery: EESTI LOTO
apparel: H&M; LINDEX; ABC KING KINGAD
jewellery: GOLDTIME JUVEEL
drugstore: DOUGLAS; TRADEHOUSE KOSMEETIKA
salon: JUUKSUR MERLE; ILUSALONG KAUNIS
electronics: EURONICS; KLICK
electronicsWeb: ARVUTITARK.EE; 1A.EE
diy: BAUHOF; ESPAK
furniture: JYSK; IKEA
garden: AIANDUSKESKUS HANSAPLANT
marketplace: KAUP24.EE; TEMU.COM; AMAZON.DE
culture: APOLLO KINO; DRAAMATEATER PILETID; KUMU KUNSTIMUUSEUM
books: RAHVA RAAMAT; APOLLO RAAMATUD
clinic: HAMBARAVI KAARLI; CONFIDO ARSTIKESKUS; SYNLAB EESTI
pharmacy: APOTHEKA; SUDAMEAPTEEK
`);

export const openEast = { RO, LT, LV, EE };
