/** The words of the sealed split: Romania and the Baltic countries. */
import { country } from './vocabulary.ts';

const RO = country(`
cities: BRASOV; SIBIU; CONSTANTA
names: Alexandru Marin; Gabriela Tudor; Radu Neagu
card: {m} {c} ROU|{m}|Tranzactie card; POS {d} {m} {c} {k}||Achizitie
web: {m} tranzactie comert electronic||Plata internet
cash: ATM {c} retragere {k}||ATM
kindOut: Plata instant
kindIn: Incasare instant
own: Transfer conturi proprii
wage: Plata salariu {mm}; AVANS SI LICHIDARE SALARIU {mm}
employers: POSTA ROMANA; PRIMARIA BRASOV; CONFECTII TEXTILA SRL
pension: CJP SIBIU>Drepturi pensie {mm}/{y}
scholarship: UNIVERSITATEA LUCIAN BLAGA>Bursa sociala {mm}
benefit: AJPIS SIBIU>Alocatie de stat copii {mm}
dole: AJOFM CONSTANTA>Ajutor somaj {mm}
client: LOGISTIC TRANS SRL>C/V factura {n}; EDITURA NOVA SRL>Incasare factura {n}
social: BUGETUL ASIGURARILOR SOCIALE>Contributii PFA CAS {mm}
parents: Doina Enache>Ajutor parinti
spouse: Bogdan Manea>Transfer
rent: Floarea Sandu>Plata chirie {mm}; IMOBILIARE INVEST SRL>Chirie garsoniera {mm}
dorm: CAMIN STUDENTI ULBS>Chirie camin studenti {mm}
tuition: UNIVERSITATEA ROMANO AMERICANA>Taxa de studii {n}
mortgage: ING BANK>Rata ipoteca Prima Casa {n}
assoc: ASOC PROPRIETARI STR TEILOR>Cheltuieli intretinere bloc {mm}
homeins: ALLIANZ TIRIAC>Polita PAD locuinta {n}
carins: GENERALI ROMANIA>Polita auto CASCO RCA {n}
lifeins: METROPOLITAN LIFE>Polita de viata prima {n}
repay: CETELEM>Rata imprumut {n}
utilities: ELECTRICA FURNIZARE>Factura curent {n}; DISTRIGAZ ENGIE>Factura gaze {n}
telecom: ORANGE ROMANIA>Factura abonament telefon {n}
savings: Alexandru Marin>Economii lunare depozit
charity: UNICEF ROMANIA>Donatie; DARUIESTE VIATA>Donatie recurenta
bailiff: EXECUTOR JUDECATORESC BARBU>Executare silita {n}
collector: EOS KSI ROMANIA>Recuperare creanta {n}
latefee: PROVIDENT ROMANIA>Dobanda penalizatoare intarziere {n}
childcare: GRADINITA ALBINUTA>Gradinita {mm}; BONA MARIANA>Bona copil {mm}
kids: SMYK ALL FOR KIDS; JUCARII JUMBO KIDS; BEBE BLISS
grocery: LIDL; PENNY; AUCHAN; CARMANGERIE TRANSILVANIA; LEGUME FRUCTE
restaurant: RESTAURANT SERGIANA; PIZZERIA BELLA MUZICA; BISTRO ARHIVA
cafe: STARBUCKS; TED S COFFEE; GELATERIA MARA
fastfood: KFC; SPARTAN GYROS
delivery: WOLT; UBER EATS; PIZZA LIVRARE DON
bar: BAR LA VECHEA CRASMA; CLUB DE NOAPTE KASHO
fuel: OMV; LUKOIL; SOCAR BENZINARIE
parking: PARKING AMPARCAT; PARCARE SUBTERANA
toll: E-ROVINIETA
carservice: ITP STATIE AUTO; ATELIER MECANICA AUTO; SPALATORIE SELF WASH
transit: RATBV BILET; TURSIB BILET
pass: RATBV ABONAMENT LUNAR; TURSIB ABONAMENT LUNAR
rail: FLIXBUS; SOFTRANS TREN
taxi: FREENOW; TAXI MARTAX
vet: CLINICA VETERINARA VETMED
pets: MAXI PET; HRANA ANIMALE GRIVEI
petsWeb: PENTRUANIMALE.RO; ZOOMALIA
gym: STAY FIT GYM; FITNESS ONE ABONAMENT
sport: INTERSPORT; SPORT VISION
bets: BETANO; FORTUNA PARIURI; MAXBET CAZINO
lottery: LOTO AGENTIE
apparel: PEPCO FASHION; H&M; SINSAY; DEICHMANN
jewellery: BIJUTERIA CORIOLAN
drugstore: SEPHORA; ROUGE COSMETICE
salon: FRIZERIE BARBER; UNGHII SI COSMETICA SALON ELLA
electronics: FLANCO; DOMO
electronicsWeb: CEL.RO; ITGALAXY.RO
diy: LEROY MERLIN; BRICO DEPOT
furniture: JYSK; KIKA MOBILA
garden: PEPINIERA VERDE
marketplace: ALIEXPRESS; EBAY; ELEFANT.RO
culture: HAPPY CINEMA; TEATRUL RADU STANCA; IABILET
books: LIBRIS LIBRARIE; LIBRARIA DIVERTA
clinic: MEDLIFE; CABINET STOMATOLOGIC ALBA; BIOCLINICA ANALIZE; KINETOTERAPIE ACTIV
pharmacy: FARMACIA DONA; FARMACIA TEI
`);

const LT = country(`
cities: SIAULIAI; PANEVEZYS; ALYTUS
names: Tomas Žukauskas; Gintarė Balčiūnaitė; Darius Paulauskas
card: {m}, {c}, LT|{m}|Atsiskaitymas kortele; Kortelė {k} {d} {m} {c}||
web: {m} el. prekyba||Internetinė prekyba
cash: Bankomatas {c} grynieji||Grynieji
kindOut: Momentinis mokėjimas
kindIn: Įplauka
own: Pervedimas į savo sąskaitą
wage: DU už {mm} mėn.; Atlyginimas {y}-{mm}
employers: LIETUVOS PASTAS AB; SIAULIU MIESTO SAVIVALDYBE; UAB BALDU FABRIKAS
pension: SODRA>Pensija {mm}
scholarship: KTU>Socialinė stipendija {mm}
benefit: SIAULIU SAVIVALDYBE>Išmoka vaikui {mm}
dole: SODRA>Nedarbo socialinio draudimo išmoka {mm}
client: UAB VAIZDO STUDIJA>Už paslaugas sąskaita {n}; MB SPRENDIMAI>Sąskaita faktūra {n}
social: SODRA>VSD ir PSD įmokos individuali veikla {mm}
parents: Aldona Kairienė>Kišenpinigiai
spouse: Vytautas Norkus>Pervedimas
rent: Regina Vaitkienė>Nuoma butas {mm}; UAB NUOMA VISIEMS>Nuomos mokestis {mm}
dorm: KTU BENDRABUTIS 5>Nuoma bendrabutis kambarys {mm}
tuition: ISM UNIVERSITETAS>Studijų kaina semestras {n}
mortgage: LUMINOR BANK>Būsto paskola įmoka {n}
assoc: SIAULIU BUTU UKIS>Bendrijos mokestis kaupiamasis fondas
homeins: GJENSIDIGE>Būsto ir turto draudimas {n}
carins: BTA DRAUDIMAS>Automobilio draudimas {n}
lifeins: ALLIANZ LIETUVA GYVYBES DRAUDIMAS>Įmoka gyvybės draudimas {n}
repay: SIAULIU BANKAS>Paskolos grąžinimas įmoka {n}
utilities: ENEFIT>Elektra {n}; GREN SIAULIAI>Šildymas {n}
telecom: BITE LIETUVA>Telefonas sąskaita {n}
savings: Tomas Žukauskas>Santaupos - taupymo planas
charity: SOS VAIKU KAIMAI>Parama; CARITAS LIETUVA>Auka
bailiff: ANTSTOLE J. PETROSIENE>Išieškojimas {n}
collector: UAB INTRUM LIETUVA>Skola įmoka {n}
latefee: UAB MOKI LIZINGAS>Palūkanos už vėlavimą priminimas {n}
childcare: PRIVATUS DARZELIS PELEDZIUKAS>Darželio mokestis {mm}; AUKLE RASA>Vaiko priežiūra {mm}
kids: ZAISLU PLANETA; KUDIKIU PREKES
grocery: NORFA; LIDL; AIBE; MESOS PARDUOTUVE KREKENAVA
restaurant: RESTORANAS GRILL HOUSE; PICERIJA CHARLIE PIZZA
cafe: CAFFEINE KAVINE; LEDAINE PIENO BARAS
fastfood: KFC; KEBABAI JAMMI
delivery: LEKSTE MAISTO PRISTATYMAS; PIZZA PRISTATYMAS
bar: PUBAS BIRZU DUONA; KOKTEILIU BARAS ALCHEMIKAS
fuel: NESTE; ORLEN DEGALINE; EMSI
parking: EASYPARK; AIKSTELE PARKINGAS
toll: ETOLL VINJETE
carservice: TECHNINE APZIURA; PADANGU MONTAVIMAS; AUTO REMONTAS
transit: BUSTURAS BILIETAS; PAP BILIETAS
pass: BUSTURAS MENESINIS BILIETAS; PAP MENESINIS BILIETAS
rail: FLIXBUS; KAUTRA AUTOBUSAI
taxi: UBER *TRIP; FORSAZAS TAKSI
vet: VETERINARIJOS GYDYKLA LOKE
pets: ZOOLANDIJA; GYVUNU MAISTAS RAINIUKAS
petsWeb: ZOOBAZE.LT; KIKA.LT ELEKTRONINE PARDUOTUVE
gym: SPORTO KLUBAS IMPULS; JOGOS STUDIJA ABONEMENTAS
sport: SPORTS DIRECT; INTERSPORT
bets: BETSAFE; 7BET LAZYBOS
lottery: TELELOTO
apparel: H&M; SINSAY; CCC BATAI; LINDEX
jewellery: AUKSAS PAPUOSALAI
drugstore: KOSMETIKA SARMA; KVEPALU NAMAI
salon: BARBERSHOP KIRPEJAI; NAGU STUDIJA
electronics: AVITELA; EURONICS
electronicsWeb: KILOBAITAS.LT; FORTAKAS.LT
diy: DEPO DIY; ERMITAZAS
furniture: BALDAI JUMS; BERRY BALDAI
garden: SODININKYSTES CENTRAS
marketplace: ALIEXPRESS; EBAY; VARLE MARKETPLACE
culture: ATLANTIS CINEMAS; DRAMOS TEATRAS; BILIETAI.LT
books: KNYGOS.LT KNYGYNAS; ALMA LITTERA
clinic: AFFIDEA KLINIKA; DANTU GYDYTOJAS; KINEZITERAPIJA SVEIKA
pharmacy: BENU VAISTINE; GINTARINE VAISTINE
`);

const LV = country(`
cities: JELGAVA; VENTSPILS; VALMIERA
names: Mārtiņš Eglītis; Līga Balode; Raivis Vītols
card: {m} {c} LV|{m}|Maksājums ar karti; Karte {k} {d} {m} {c}||
web: {m} e-komercija||Interneta pirkums
cash: ATM {c} skaidra nauda||Izmaksa ATM
kindOut: Zibmaksājums
kindIn: Ieskaitīts
own: Pārskaitījums uz savu kontu
wage: Darba samaksa {mm}; ALGA {mm}/{y}
employers: LATVIJAS PASTS VAS; JELGAVAS PILSETA; SIA METALA DARBI
pension: VALSTS SOCIALAS APDROSINASANAS AGENTURA>Pensija {mm}
scholarship: LBTU JELGAVA>Studenta stipendija {mm}
benefit: VALSTS SOC APDROSINASANAS AGENTURA>Bērna kopšanas pabalsts {mm}
dole: VALSTS SOC APDROS AGENTURA>Pabalsts bezdarba gadījumā {mm}
client: SIA TULKOJUMU BIROJS>Par pakalpojumiem rēķins {n}; SIA RADIO ZINAS>Rēķins Nr {n}
social: VID VIENOTAIS KONTS>Pašnodarbinātā VSAOI {mm}
parents: Dzintra Ozoliņa>No vecākiem
spouse: Edgars Krastiņš>Pārskaitījums
rent: Maija Siliņa>Īres maksa {mm}; SIA IRE RIGA>Dzīvokļa īre {mm}
dorm: STUDENTU KOPMITNE JELGAVA>Īres maksa kopmītne istaba {mm}
tuition: TURIBA UNIVERSITATE>Mācību maksa semestris {n}
mortgage: SEB BANKA>Mājokļa kredīts maksājums {n}
assoc: DZIVOKLU IPASNIEKU BIEDRIBA LIEPU 3>Apsaimniekošana un uzkrājumu fonds
homeins: GJENSIDIGE LATVIJA>Īpašuma apdrošināšana {n}
carins: BALCIA INSURANCE>KASKO auto apdrošināšana {n}
lifeins: ERGO LIFE>Dzīvības apdrošināšanas prēmija {n}
repay: INBANK>Kredīta atmaksa {n}
utilities: ENEFIT SIA>Elektroenerģija {n}; JELGAVAS UDENS>Ūdens rēķins {n}
telecom: TELE2 SIA>Telefona rēķins {n}
savings: Mārtiņš Eglītis>Krājkonts ikmēneša krājums
charity: LATVIJAS SARKANAIS KRUSTS>Ziedojums; BERNU SLIMNICAS FONDS>Ziedojums
bailiff: TIESU IZPILDITAJA I. ZARINA>Piedziņa {n}
collector: SERGEL SIA>Parāda maksājums {n}
latefee: INBANK>Kavējuma procenti atgādinājums {n}
childcare: BERNUDARZS PASACINA>Bērnudārzs {mm}; AUKLE SANITA>Aukle bērna pieskatīšana {mm}
kids: ROTALLIETU PASAULE; BABY CITY BERNIEM
grocery: LIDL; MEGO; ELVI; GALAS NAMS; TIRGUS DARZENI
restaurant: RESTORANS MELNAIS KAKIS; SUSHI RESTORANS GAN BEI
cafe: KAFEJNICA SALA; KONDITOREJA KUKOTAVA
fastfood: KFC; PELMENI XL
delivery: PICU PIEGADE PAPARDZI; FOODOUT
bar: KROGS TIM KUPLAM; KOKTEILBARS BALZAMS
fuel: VIADA DUS; ASTARTE NAFTA; LATVIJAS NAFTA
parking: STAVVIETA CENTRS; EASYPARK
toll: CELU NODEVA VINJETE
carservice: CSDD TEHNISKA APSKATE; RIEPU SERVISS; AUTOREMONTS MEISTARS
transit: JAP BILETE; VENTSPILS REISI BILETE
pass: JAP MENESBILETE; VIVI MENESBILETE
rail: VIVI VILCIENI; FLIXBUS
taxi: FORUS TAXI; JELGAVAS TAKSO
vet: VETARSTS VETERINARA AMBULANCE KEPA
pets: ZOO CENTRS; DZIVNIEKU BARIBA MINKA
petsWeb: PETCITY.LV; ZOOVEIKALS.LV
gym: MYFITNESS; JOGAS STUDIJA ABONEMENTS
sport: SPORTS DIRECT; SPORTAMIX
bets: TOTO LOTERIJA LIKMES; BETSAFE
lottery: VIKINGLOTTO
apparel: H&M; SINSAY; CCC APAVI
jewellery: JUVELIERIS ZELTS
drugstore: KOSMETIKA STENDERS; PARFIMERIJA KOLONNA
salon: BARBERSHOP FRIZIERIS; NAGU STUDIJA ELIZA
electronics: TET VEIKALS ELEKTRONIKA; RD ELECTRONICS
electronicsWeb: M79.LV; DATORI24.LV
diy: K SENUKAI; BUVNIECIBAS VEIKALS
furniture: MEBELU NAMS; MOBILIS MEBELES
garden: STADAUDZETAVA BALTEZERS
marketplace: ALIEXPRESS; EBAY; XNET.LV
culture: KINO CITADELE; OPERA BILETES; BILESU SERVISS
books: ZVAIGZNE ABC GRAMATAS; GRAMATNICA NICEPLACE
clinic: VERIS ZOBARSTNIECIBA; ARS MEDICINAS CENTRS; FIZIOTERAPIJA KUSTIBA
pharmacy: APOTHEKA APTIEKA; EUROAPTIEKA
`);

const EE = country(`
cities: NARVA; VILJANDI; RAKVERE
names: Margus Kuusk; Piret Ilves; Rain Oja
card: {m} {c} EE|{m}|Kaarditehing; Kaart {k} {d} {m} {c}||
web: {m} e-pood||E-kaubandus
cash: ATM {c} sularaha||Sularahaautomaat
kindOut: Välkmakse
kindIn: Sissetulev makse
own: Oma konto ülekanne
wage: Töötasu {mm} kuu; PALK {mm}
employers: EESTI POST AS; VILJANDI HAIGLA; OU METSATOOD
pension: SKA PENSION>Pension {mm}
scholarship: TALTECH>Vajaduspõhine õppetoetus stipendium {mm}
benefit: SKA>Lapsetoetus ja perehüvitis {mm}
dole: TÖÖTUKASSA>Töötutoetus {mm}
client: OU FILMIRUUM>Arve nr {n}; AS TRUKIKODA>Arve {n} teenus
social: EMTA ETTEMAKSUKONTO>Sotsiaalmaks FIE {mm}
parents: Helle Lind>Taskuraha
spouse: Indrek Paju>Ülekanne
rent: Tiiu Raud>Üür {mm}; OU URIMAJA>Üürimakse korter {mm}
dorm: TALTECH CAMPUS>Üür ühiselamu tuba {mm}
tuition: MAINORI KORGKOOL>Õppemaks {n}
mortgage: SWEDBANK EESTI>Eluasemelaen makse {n}
assoc: KU TAMME 6>Korteriühistu kommunaalid ja remondifond
homeins: ERGO KINDLUSTUS>Eluaseme kindlustus {n}
carins: PZU KINDLUSTUS>Kaskokindlustus sõiduk {n}
lifeins: MANDATUM LIFE>Elukindlustuse makse {n}
repay: BONDORA>Laenumakse {n}
utilities: ELEKTRUM EESTI>Elekter {n}
telecom: TELIA EESTI>Telefoni arve {n}
savings: Margus Kuusk>Säästud hoius
charity: SOS LASTEKULA>Annetus; PUNANE RIST>Annetus
bailiff: TAITUR K. MOLDER>Täitemenetlus {n}
collector: INTRUM ESTONIA>Võla tasumine {n}
latefee: BONDORA>Viivis meeldetuletus {n}
childcare: ERALASTEAED PAIKE>Lasteaed {mm}; LAPSEHOIDJA KAI>Lapsehoid {mm}
kids: MANGUMAAILM; LASTERIIDED BEEBI
grocery: RIMI; LIDL; MAXIMA; LIHAPOOD RAKVERE
restaurant: RESTORAN HOLM; PIZZA RESTORAN OPERA
cafe: KOHVIK FELLIN; JAATISEKOHVIK
fastfood: KFC; BURGERIKIOSK
delivery: FUDY TOIDU KOJUVEDU; PEETRI PIZZA KOJUVEDU
bar: BAAR PUDEL; OLLEPUBI KAIVO
fuel: NESTE; TERMINAL OIL; JETOIL TANKLA
parking: SNABB PARKIMINE; EASYPARK
toll: TEEKASUTUSTASU
carservice: REHVIVAHETUS; AUTOREMONT VIRU; ULEVAATUS TEHNOPUNKT
transit: NARVA BUSSIPILET; ATKO PILET
pass: NARVA KUUPILET BUSS; ELRON 30 PAEVA PILET
rail: GO BUSS; FLIXBUS
taxi: FORUS TAKSO; UBER *TRIP
vet: LOOMAARST VILJANDI LOOMAKLIINIK
pets: LEMMIKLOOMAD OU KASSITOIT; LOOMATOIDUPOOD
petsWeb: PETMART.EE; LEMMIK24.EE
gym: REVAL SPORT JOUSAAL; JOOGASTUUDIO KUUKAART
sport: SPORTS DIRECT; RADEMAR
bets: BETSAFE; PAF KASIINO
lottery: VIKING LOTTO PILET
apparel: RESERVED; DENIM DREAM; CCC JALATSID
jewellery: KULDNE JUVEELIARI
drugstore: ILU KOSMEETIKA; LOVERTE PARFUUMID
salon: HABEMEAJAJA BARBER; KUUNESTUUDIO
electronics: ELISA ELEKTROONIKA; EUROMARKET TEHNIKA
electronicsWeb: PHOTOPOINT.EE; ON24 ELEKTROONIKA
diy: DECORA; BAUHAUS
furniture: SOTKA MOOBEL; MASKU MOOBEL
garden: ISTIKUARI AED
marketplace: ALIEXPRESS; EBAY; OSTA.EE
culture: VIIMSI KINO; UGALA TEATER; PILETILEVI
books: RAAMATUPOOD KRISOSTOMUS
clinic: MEDICUM; HAMBAARST VILJANDI; FUSIOTEERIA KESKUS
pharmacy: BENU APTEEK; EUROAPTEEK
`);

export const sealedEast = { RO, LT, LV, EE };
