/** The words of the open split: Spain, Portugal, Germany. */
import { country } from './vocabulary.ts';

const ES = country(`
cities: MADRID; SEVILLA; VALENCIA; ZARAGOZA
names: María García López; Antonio Fernández Ruiz; Lucía Martín Gil
card: COMPRA TARJ. {k} {m}-{c}||; Pago en {m} {c} ES|{m}|Pago con tarjeta; {m}, {c}||COMPRA CON TARJETA
web: COMPRA INTERNET TARJ. {k} {m}||
cash: REINTEGRO CAJERO {c} TARJ. {k}||REINTEGRO EFECTIVO
kindOut: TRANSFERENCIA EMITIDA
kindIn: TRANSFERENCIA RECIBIDA
own: Traspaso entre cuentas propias
wage: NOMINA {mm}/{y}; Abono nómina {mm} {y}
employers: CONSTRUCCIONES LEVANTE SL; HOSPITAL VIRGEN DEL ROCIO; INDITEX LOGISTICA SA
pension: TESORERIA GENERAL SEG SOCIAL>PENSION JUBILACION {mm}/{y}
scholarship: MINISTERIO DE EDUCACION>Beca estudios {mm}/{y}
benefit: INSTITUTO NACIONAL SEG SOCIAL>Prestación por hijo a cargo {mm}/{y}
dole: SERVICIO PUBLICO DE EMPLEO ESTATAL>Prestación por desempleo {mm}/{y}
client: ESTUDIO NORTE SL>Pago factura {n}; EDITORIAL PLANETA SA>Factura {n}/{y}
social: TGSS>Cuota autónomos {mm}/{y}
parents: Carmen y José Ortega>Asignación de tus padres
spouse: Elena Navarro>Gastos comunes
rent: Manuel Torres>Alquiler piso {mm}/{y}; INMOBILIARIA SOL SL>Alquiler vivienda {mm}/{y}
dorm: COLEGIO MAYOR CERVANTES>Alquiler habitación residencia estudiantes {mm}/{y}
tuition: UNIVERSIDAD COMPLUTENSE>Matrícula universidad plazo {n}
mortgage: BANCO SANTANDER>Cuota préstamo hipotecario {n}
assoc: COMUNIDAD DE PROPIETARIOS C/ LUNA 4>Cuota comunidad {mm}/{y}
homeins: MAPFRE>Recibo seguro hogar póliza {n}
carins: MUTUA MADRILEÑA>Recibo seguro coche póliza {n}
lifeins: VIDACAIXA>Recibo seguro de vida {n}
repay: BANCO SANTANDER>Cuota préstamo personal {n}
utilities: ENDESA ENERGIA>Recibo luz {n}; CANAL ISABEL II>Recibo agua {n}
telecom: MOVISTAR>Recibo móvil y fibra {n}
savings: María García López>Traspaso a cuenta ahorro
charity: CRUZ ROJA ESPAÑOLA>Cuota socio donativo; MEDICOS SIN FRONTERAS>Donativo
bailiff: JUZGADO PRIMERA INSTANCIA 3>Embargo judicial expte {n}
collector: INTRUM IBERIA>Pago deuda recobro {n}
latefee: BANCO SANTANDER>Comisión reclamación posiciones deudoras {n}
childcare: ESCUELA INFANTIL PULGARCITO>Guardería {mm}/{y}
kids: TOYS R US; JUGUETTOS; PRENATAL
grocery: MERCADONA; DIA; CARREFOUR MARKET; FRUTERIA PACO; PANADERIA LA ESPIGA
restaurant: RESTAURANTE CASA LUCIO; MESON EL PATIO; PIZZERIA BELLA NAPOLI
cafe: CAFETERIA CENTRAL; CHOCOLATERIA VALOR
fastfood: MCDONALDS; BURGER KING; TELEPIZZA LOCAL
delivery: GLOVO; JUST EAT; UBER EATS
bar: BAR LA TABERNA; DISCOTECA PACHA; COCTELERIA LUNA
fuel: REPSOL ESTACION SERVICIO; CEPSA; GASOLINERA BALLENOIL
parking: PARKING SABA; APARCAMIENTO EMPARK
toll: AUTOPISTA PEAJE AUMAR
carservice: TALLER MECANICO RUIZ; NORAUTO; LAVADO COCHES ELEFANTE
transit: EMT BILLETE SENCILLO; METRO DE MADRID BILLETE
pass: CONSORCIO TRANSPORTES ABONO 30 DIAS
rail: RENFE VIAJEROS; ALSA AUTOBUSES
taxi: CABIFY; UBER *TRIP; FREENOW TAXI
vet: CLINICA VETERINARIA MIMASCOTA
pets: KIWOKO; TIENDANIMAL; TIENDA DE MASCOTAS TOBY
petsWeb: ZOOPLUS.ES
gym: BASIC FIT; GIMNASIO OLIMPO CUOTA
sport: DECATHLON; SPRINTER DEPORTES
bets: BET365; CODERE APUESTAS
lottery: LOTERIAS Y APUESTAS ADMON 12
apparel: ZARA; MANGO; PULL AND BEAR; ZAPATERIA MARTINEZ
jewellery: JOYERIA TOUS
drugstore: PERFUMERIAS PRIMOR; DRUNI
salon: PELUQUERIA MARISOL; CENTRO DE ESTETICA AURA
electronics: MEDIA MARKT; FNAC TECNOLOGIA
electronicsWeb: PCCOMPONENTES
diy: LEROY MERLIN; BRICOMART; FERRETERIA GOMEZ
furniture: IKEA; CONFORAMA
garden: CENTRO DE JARDINERIA VERDECORA
marketplace: AMAZON.ES; ALIEXPRESS; TEMU.COM
culture: CINES YELMO; TEATRO REAL ENTRADAS; MUSEO DEL PRADO
books: CASA DEL LIBRO; LIBRERIA CERVANTES
clinic: CLINICA DENTAL SONRISA; QUIRONSALUD CONSULTA; LABORATORIO ANALISIS ECHEVARNE
pharmacy: FARMACIA LDO PEREZ; FARMACIA PLAZA MAYOR
`);

const PT = country(`
cities: LISBOA; PORTO; BRAGA; COIMBRA
names: João Silva; Ana Pereira; Rui Santos
card: COMPRA {k} {m} {c}||Compras; COMPRAS C.DEB {m} {c}||
web: COMPRA ONLINE {k} {m}||Compras online
cash: LEVANTAMENTO MULTIBANCO {c}||Levantamento
kindOut: Transferência emitida
kindIn: Transferência recebida
own: Transferência entre contas próprias
wage: Ordenado {mm}/{y}; Vencimento {mm} {y}
employers: MOTA ENGIL SA; HOSPITAL SANTA MARIA EPE; AUTOEUROPA LDA
pension: CENTRO NACIONAL DE PENSOES>Pensão velhice {mm}/{y}
scholarship: DIRECAO GERAL ENSINO SUPERIOR>Bolsa de estudo {mm}/{y}
benefit: INSTITUTO SEGURANCA SOCIAL>Abono de família {mm}/{y}
dole: INSTITUTO SEGURANCA SOCIAL>Subsídio de desemprego {mm}/{y}
client: ATELIER DIGITAL LDA>Pagamento fatura {n}
social: SEGURANCA SOCIAL>Contribuição trabalhador independente {mm}/{y}
parents: Maria e José Lopes>Mesada dos pais
spouse: Sofia Almeida>Despesas da casa
rent: António Carvalho>Renda casa {mm}/{y}
dorm: RESIDENCIA UNIVERSITARIA LISBOA>Renda quarto residência estudantes {mm}/{y}
tuition: UNIVERSIDADE DO PORTO>Propinas {y} prestação {n}
mortgage: CAIXA GERAL DE DEPOSITOS>Prestação crédito habitação {n}
assoc: CONDOMINIO EDIFICIO AURORA>Quota condomínio {mm}/{y}
homeins: FIDELIDADE SEGUROS>Seguro multirriscos habitação {n}
carins: TRANQUILIDADE SEGUROS>Seguro automóvel {n}
lifeins: OCIDENTAL VIDA>Seguro de vida {n}
repay: MILLENNIUM BCP>Prestação crédito pessoal {n}
utilities: EDP COMERCIAL>Fatura eletricidade {n}; AGUAS DO PORTO>Fatura água {n}
telecom: NOS COMUNICACOES>Fatura telemóvel {n}
savings: João Silva>Reforço conta poupança
charity: AMI ASSISTENCIA MEDICA INTERNACIONAL>Donativo; UNICEF PORTUGAL>Donativo mensal
bailiff: AGENTE DE EXECUCAO M. FARIA>Penhora processo {n}
collector: INTRUM PORTUGAL>Pagamento dívida {n}
latefee: MILLENNIUM BCP>Comissão por mora prestação em atraso {n}
childcare: INFANTARIO O CAVALINHO>Mensalidade creche {mm}/{y}
kids: TOYS R US; LOJA DE BRINQUEDOS PINOQUIO; ZIPPY
grocery: PINGO DOCE; CONTINENTE; MINIPRECO; PADARIA PORTUGUESA PAO; FRUTARIA DA ESQUINA
restaurant: RESTAURANTE O FAIA; CERVEJARIA RAMIRO; MARISQUEIRA NEPTUNO
cafe: CAFE A BRASILEIRA; PASTELARIA SUICA
fastfood: MCDONALDS; H3 HAMBURGUER
delivery: UBER EATS; GLOVO; BOLT FOOD
bar: BAR DO CAIS; DISCOTECA LUX FRAGIL
fuel: GALP; PRIO COMBUSTIVEIS; REPSOL
parking: EMEL ESTACIONAMENTO; PARQUE SABA
toll: VIA VERDE PORTAGENS
carservice: OFICINA AUTO SILVA; MIDAS; LAVAGEM AUTO ELEFANTE AZUL
transit: CARRIS BILHETE; METRO DO PORTO TITULO
pass: NAVEGANTE PASSE MENSAL; ANDANTE PASSE MENSAL
rail: CP COMBOIOS DE PORTUGAL; REDE EXPRESSOS
taxi: BOLT.EU/O/2609; UBER *TRIP; TAXIS DE LISBOA
vet: CLINICA VETERINARIA PATINHAS
pets: ORNIMUNDO; TIENDANIMAL; LOJA DE ANIMAIS FAUNA
petsWeb: ZOOPLUS.PT
gym: FITNESS HUT MENSALIDADE; GINASIO SOLINCA
sport: DECATHLON; SPORT ZONE
bets: BETCLIC; PLACARD APOSTAS
lottery: JOGOS SANTA CASA RASPADINHA
apparel: ZARA; LEFTIES; SAPATARIA SEASIDE
jewellery: OURIVESARIA CORREIA
drugstore: PERFUMES E COMPANHIA; WELLS BELEZA
salon: CABELEIREIRO ISABEL; INSTITUTO DE BELEZA FLOR
electronics: WORTEN; RADIO POPULAR
electronicsWeb: PCDIGA.COM
diy: LEROY MERLIN; AKI BRICOLAGE
furniture: IKEA; CONFORAMA
garden: HORTO DO CAMPO GRANDE
marketplace: AMAZON.ES; TEMU.COM; OLX PT
culture: CINEMAS NOS; TEATRO SAO JOAO BILHETES; MUSEU SERRALVES
books: BERTRAND LIVREIROS; LIVRARIA LELLO
clinic: CLINICA DENTARIA MALO; CUF CONSULTA; LABORATORIO GERMANO DE SOUSA
pharmacy: FARMACIA BARRAL; FARMACIA SOUSA
`);

const DE = country(`
cities: BERLIN; LEIPZIG; HAMBURG
names: Thomas Müller; Sabine Schmidt; Michael Weber
card: {m}//{c}/DE|{m}|Kartenzahlung; {m} SAGT DANKE. {n}|{m} {c}|Lastschrift (Einzugsermächtigung)
web: PP.{n}.PP . {m}, Ihr Einkauf bei {m}|PAYPAL EUROPE S.A.R.L.|Lastschrift; ONLINE-ZAHLUNG {m}||E-Commerce Kartenzahlung
cash: GA NR{n} BLZ10050000 Bargeldauszahlung {c}||Geldautomat
kindOut: Überweisung
kindIn: Gutschrift
own: Übertrag eigenes Konto
wage: Lohn/Gehalt {mm}/{y}; GEHALT {mm}.{y}
employers: SIEMENS AG; KLINIKUM LEIPZIG; BAU UND BODEN GMBH
pension: DEUTSCHE RENTENVERSICHERUNG>Rente {mm}/{y}
scholarship: BAFOEG AMT BERLIN>Ausbildungsförderung BAföG {mm}/{y}
benefit: BUNDESAGENTUR FUER ARBEIT FAMILIENKASSE>Kindergeld {mm}/{y}
dole: BUNDESAGENTUR FUER ARBEIT>Arbeitslosengeld {mm}/{y}
client: MEDIENHAUS GMBH>Rechnung RE-{n} Honorar
social: KUENSTLERSOZIALKASSE>Beitrag Sozialversicherung {mm}/{y}
parents: Ute und Bernd Vogt>Unterhalt von Mama und Papa
spouse: Julia Krause>Haushaltskasse
rent: HAUSVERWALTUNG BECKER>Miete Wohnung {mm}/{y}
dorm: STUDIERENDENWERK BERLIN>Miete Wohnheim {mm}/{y}
tuition: FREIE UNIVERSITAET BERLIN>Semesterbeitrag {y}
mortgage: ING DIBA>Rate Baufinanzierung Hypothek {n}
assoc: WEG SONNENALLEE 40>Hausgeld Wohnung 3 {mm}/{y}
homeins: HUK COBURG>Wohngebäudeversicherung {n}
carins: ALLIANZ VERSICHERUNG>Kfz-Versicherung {n}
lifeins: DEBEKA>Lebensversicherung {n}
repay: TARGOBANK>Rate Ratenkredit {n}
utilities: VATTENFALL EUROPE>Abschlag Strom {n}
telecom: VODAFONE GMBH>Mobilfunk Rechnung {n}
savings: Thomas Müller>Sparen auf Tagesgeldkonto
charity: AERZTE OHNE GRENZEN>Spende; DRK>Spende Fördermitglied
bailiff: GERICHTSVOLLZIEHER MEIER>Pfändung DR II {n}
collector: EOS DEUTSCHER INKASSO DIENST>Ratenzahlung Forderung {n}
latefee: RATENKAUF AG>Mahngebühr Verzugszinsen {n}
childcare: KITA REGENBOGEN>Kitabeitrag {mm}/{y}
kids: SMYTHS TOYS; BABYONE; SPIELWAREN HANSE
grocery: REWE; EDEKA; ALDI SUED; BAECKEREI STEINECKE
restaurant: RESTAURANT ZUR LINDE; TRATTORIA ROMA
cafe: CAFE EINSTEIN; EISCAFE VENEZIA
fastfood: MCDONALDS; DOENER IMBISS ALI
delivery: LIEFERANDO; WOLT
bar: KNEIPE ZUM ANKER; CLUB WATERGATE
fuel: ARAL; SHELL; JET TANKSTELLE
parking: EASYPARK; CONTIPARK PARKHAUS
toll: ASFINAG VIGNETTE
carservice: ATU AUTO TEILE UNGER; KFZ WERKSTATT LANGE; WASCHSTRASSE MR WASH
transit: BVG FAHRSCHEIN; LVB TICKET
pass: DEUTSCHLANDTICKET BVG ABO
rail: DB VERTRIEB GMBH; FLIXBUS
taxi: FREENOW TAXI; UBER *TRIP; BOLT.EU/O/2604
vet: TIERARZTPRAXIS DR HUND
pets: FRESSNAPF; FUTTERHAUS
petsWeb: ZOOPLUS SE
gym: MCFIT; FITX
sport: DECATHLON; SPORT SCHECK
bets: TIPICO SPORTWETTEN; BWIN
lottery: LOTTO ANNAHMESTELLE
apparel: C&A; PEEK CLOPPENBURG; DEICHMANN
jewellery: JUWELIER CHRIST
drugstore: DM DROGERIE; ROSSMANN
salon: FRISEUR KLIER; KOSMETIKSTUDIO BELLA
electronics: SATURN; MEDIA MARKT
electronicsWeb: NOTEBOOKSBILLIGER.DE; CYBERPORT
diy: OBI; BAUHAUS
furniture: IKEA; XXXLUTZ
garden: GARTENCENTER DEHNER
marketplace: AMAZON.DE; EBAY; TEMU.COM
culture: UCI KINO; STAATSOPER TICKETS; MUSEUMSINSEL
books: THALIA; HUGENDUBEL
clinic: ZAHNARZTPRAXIS DR KRONE; PRIVATPRAXIS DR STEIN; MVZ LABOR
pharmacy: ADLER APOTHEKE; STADT APOTHEKE
`);

export const openWest = { ES, PT, DE };
