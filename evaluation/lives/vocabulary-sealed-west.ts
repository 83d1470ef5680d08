/** The words of the sealed split: Spain, Portugal, Germany. */
import { country } from './vocabulary.ts';

const ES = country(`
cities: BILBAO; MALAGA; GRANADA
names: Javier Sánchez Vega; Laura Gómez Díaz; Pablo Romero Sanz
card: PAGO TARJETA {k} {m} {c}||TARJETA; Compra {m}, {c}, Tarjeta {k}||
web: COMPRA ONLINE {m} TARJ {k}||; {m} COMERCIO ELECTRONICO||
cash: DISPOSICION CAJERO {c}||CAJERO AUTOMATICO
kindOut: Transferencia a favor de
kindIn: Transferencia de
own: Traspaso propio
wage: PAGO NOMINA {mm}; SALARIO {mm}/{y}
employers: CORREOS Y TELEGRAFOS SA; AYUNTAMIENTO DE MALAGA; ACERIAS DEL NORTE SA
pension: INSS PENSIONES>PENSION {mm}/{y}
scholarship: JUNTA DE ANDALUCIA>Abono beca {mm}
benefit: AGENCIA TRIBUTARIA>Ayuda maternidad hijo deducción {mm}; GOBIERNO VASCO>Ayuda por hijo {mm}/{y}
dole: SEPE>Subsidio desempleo {mm}
client: REFORMAS SUR SL>Abono factura {n}; REVISTA ALFA SA>Fra. {n} colaboración
social: SEGURIDAD SOCIAL RETA>Recibo autónomos {mm}
parents: Pilar Molina>Dinero del mes mamá
spouse: Sergio Castro>Transferencia
rent: Rosario Iglesias>Mensualidad alquiler {mm}; ALQUILA SEGURO SA>Renta alquiler vivienda {mm}
dorm: RESA RESIDENCIAS ESTUDIANTES>Alquiler mensual habitación residencia universitaria {mm}
tuition: UNIVERSIDAD DE DEUSTO>Tasas académicas {n}
mortgage: KUTXABANK>Recibo hipoteca {n}; BBVA>Préstamo hipotecario cuota {n}
assoc: CDAD PROP EDIFICIO MIRADOR>Recibo comunidad vecinos {mm}
homeins: SANTALUCIA SEGUROS>Seguro de hogar {n}
carins: LINEA DIRECTA ASEGURADORA>Seguro auto {n}
lifeins: NATIONALE NEDERLANDEN>Prima seguro vida {n}
repay: COFIDIS>Recibo préstamo {n}
utilities: IBERDROLA CLIENTES>Factura electricidad {n}; NATURGY>Factura gas {n}
telecom: VODAFONE ESPAÑA>Factura móvil {n}
savings: Javier Sánchez Vega>Ahorro mensual hucha
charity: CARITAS DIOCESANA>Donativo; SAVE THE CHILDREN>Cuota socio
bailiff: JUZGADO DE LO SOCIAL EMBARGOS>Retención embargo {n}
collector: EOS SPAIN RECOBROS>Pago acuerdo deuda {n}
latefee: COFIDIS>Intereses de demora recibo devuelto {n}
childcare: GUARDERIA LOS PATITOS>Cuota guardería {mm}
kids: IMAGINARIUM JUGUETES; MAYORAL MODA INFANTIL; BEBE CONFORT TIENDA
grocery: LIDL; ALCAMPO; EROSKI; CARNICERIA LOLI; ULTRAMARINOS PEPE
restaurant: ASADOR ETXEBERRI; RESTAURANTE MARISQUERIA EL FARO; TABERNA ANDALUZA
cafe: CAFE IRUÑA; HELADERIA ITALIANA; STARBUCKS
fastfood: KFC; VIPS HAMBURGUESA; KEBAP ESTAMBUL
delivery: TELEPIZZA DOMICILIO; DELIVEROO; BOLT FOOD
bar: PUB IRLANDES MURPHY; SALA DISCO KAFE; BAR DE COPAS NOCHE
fuel: SHELL; BP OIL; PLENOIL GASOLINERA
parking: TELPARK; APARCAMIENTO PLAZA NUEVA
toll: BIP DRIVE PEAJES
carservice: TALLERES MIDAS; NEUMATICOS LASA; AUTOLAVADO
transit: METRO BILBAO BILLETE; EMT MALAGA BILLETE
pass: CREDITRANS BARIK ABONO MENSUAL; TARJETA TRANSPORTE ABONO MES
rail: OUIGO; AVANZA BUS
taxi: BOLT.EU/R/221; RADIO TAXI BILBAO
vet: HOSPITAL VETERINARIO BAHIA
pets: PETCLIC TIENDA ANIMALES; MUNDO MASCOTA
petsWeb: MISCOTA.ES; BITIBA.ES
gym: ALTAFIT; METROPOLITAN GYM; CENTRO DE YOGA SURYA MENSUALIDAD
sport: FORUM SPORT; INTERSPORT
bets: SPORTIUM; LUCKIA CASINO
lottery: ONCE CUPON
apparel: STRADIVARIUS; CORTEFIEL; PRIMARK; CALZADOS LOPEZ
jewellery: JOYERIA SUAREZ
drugstore: SEPHORA; PERFUMERIA JULIA
salon: BARBERIA EL CORTE; UÑAS Y BELLEZA NAILS
electronics: WORTEN; MILAR ELECTRODOMESTICOS
electronicsWeb: COOLMOD.COM; ELCORTEINGLES TECNOLOGIA ONLINE
diy: BAUHAUS; BRICODEPOT
furniture: MAISONS DU MONDE; JYSK
garden: VIVEROS GARDEN CENTER
marketplace: EBAY; WALLAPOP; AMAZON EU SARL
culture: CINESA; TEATRO ARRIAGA; MUSEO GUGGENHEIM
books: FNAC LIBROS; LIBRERIA PROTEO
clinic: VITALDENT; CLINICA FISIOTERAPIA NORTE; SANITAS CONSULTA
pharmacy: FARMACIA ZABALA; FARMACIA 24H
`);

const PT = country(`
cities: FARO; AVEIRO; SETUBAL
names: Pedro Marques; Inês Ferreira; Tiago Rocha
card: {m} {c} COMPRA {k}||Pagamento com cartão; PAG.CARTAO {m} {c}||
web: {m} PAGAMENTO ONLINE||Compra internet; MB WAY {m}||MB WAY
cash: LEV ATM {c} {k}||Levantamento ATM
kindOut: TRF. EMITIDA
kindIn: TRF. RECEBIDA
own: TRF entre contas próprias
wage: Salário {mm}/{y}; PROCESSAMENTO VENCIMENTO {mm}
employers: CTT CORREIOS SA; CAMARA MUNICIPAL DE FARO; CORTICEIRA AMORIM SA
pension: CAIXA GERAL DE APOSENTACOES>Pensão aposentação {mm}
scholarship: UNIVERSIDADE DE AVEIRO>Bolsa de mérito {mm}
benefit: SEGURANCA SOCIAL>Abono familia pre-natal e crianças {mm}
dole: SEGURANCA SOCIAL>Prestação desemprego {mm}
client: VINHOS DO SUL SA>Fatura {n} serviços; TEATRO NOVO CRL>Recibo verde fatura {n}
social: IGFSS>Contribuições independentes {mm}
parents: Graça Pinto>Mesada
spouse: Bruno Teixeira>Transferência
rent: Fernanda Moreira>Renda apartamento {mm}; IMOARRENDA LDA>Renda {mm}/{y}
dorm: LIVENSA LIVING RESIDENCIA ESTUDANTES>Renda quarto {mm}
tuition: INSTITUTO SUPERIOR TECNICO>Propina prestação {n}
mortgage: NOVO BANCO>Crédito hipotecário prestação {n}
assoc: ADMINISTRACAO CONDOMINIO LOTE 8>Condomínio {mm}
homeins: AGEAS SEGUROS>Seguro casa {n}
carins: OK TELESEGUROS>Seguro carro {n}
lifeins: GAMALIFE>Seguro vida {n}
repay: COFIDIS PT>Prestação crédito {n}
utilities: GALP POWER>Luz e gás {n}
telecom: MEO SA>Fatura MEO {n}
savings: Pedro Marques>Poupança mensal depósito a prazo
charity: BANCO ALIMENTAR>Donativo; CARITAS PORTUGUESA>Donativo
bailiff: SOLICITADOR DE EXECUCAO R. NEVES>Penhora vencimento {n}
collector: EOS PORTUGAL COBRANCAS>Acordo dívida {n}
latefee: COFIDIS PT>Juros de mora {n}
childcare: CRECHE O GIRASSOL>Creche {mm}; AMA DOMICILIARIA LENA>Ama {mm}
kids: IMAGINARIUM; CHICCO; BRINQUEDOS CENTROXOGO
grocery: LIDL; AUCHAN; INTERMARCHE; TALHO CENTRAL; MERCEARIA DO BAIRRO
restaurant: RESTAURANTE TASCA DO ZE; CHURRASQUEIRA BRASA; PIZZARIA LUZZO
cafe: CAFE CENTRAL; GELATARIA SANTINI; STARBUCKS
fastfood: BURGER KING; TELEPIZZA LOJA
delivery: TELEPIZZA ENTREGA; PIZZA HUT ENTREGAS
bar: PUB IRISH; CLUBE NOTURNO PLANO B
fuel: BP; CEPSA; INTERMARCHE COMBUSTIVEIS
parking: TELPARK; PARQUE DE ESTACIONAMENTO RIA
toll: BRISA PORTAGEM
carservice: NORAUTO; PNEUS EUROMASTER; REPARACAO AUTO LEAL
transit: PROXIMO BILHETE; AVEIROBUS BILHETE
pass: VAMUS PASSE MENSAL; AVEIROBUS PASSE MENSAL
rail: FERTAGUS; FLIXBUS
taxi: FREENOW; RADIO TAXIS FARO
vet: HOSPITAL VETERINARIO DO ALGARVE
pets: ZU PET STORE; ANIMAIS E COMPANHIA RACOES
petsWeb: GOLDPET.PT; BARKYN.COM
gym: HOLMES PLACE; GINASIO ALEGRIA MENSALIDADE
sport: INTERSPORT; FORUM SPORT
bets: BET.PT; ESC ONLINE CASINO
lottery: EUROMILHOES SANTA CASA
apparel: MANGO; H&M; MO MODA; SAPATARIA GUIMARAES
jewellery: PANDORA JOALHARIA
drugstore: DOUGLAS PERFUMARIA; SEPHORA
salon: BARBEARIA OLIVEIRA; CENTRO ESTETICA BELA
electronics: FNAC TECNOLOGIA; MEDIA MARKT
electronicsWeb: GLOBALDATA.PT; CHIP7 LOJA ONLINE
diy: BRICOMARCHE; MAXMAT
furniture: JYSK; GATO PRETO CASA
garden: VIVEIRO DE PLANTAS FLORALIA
marketplace: ALIEXPRESS; EBAY; KUANTOKUSTA
culture: CINEMA CITY; TEATRO DAS FIGURAS; TICKETLINE
books: WOOK LIVRARIA; ALMEDINA LIVRARIA
clinic: TROFA SAUDE; CLINICA FISIATRIA MAR; LUSIADAS CONSULTA
pharmacy: FARMACIA BAIRRO; FARMACIAS HOLON
`);

const DE = country(`
cities: KOELN; DRESDEN; STUTTGART
names: Stefan Hoffmann; Nicole Wagner; Andreas Becker
card: EC {n} {m} {c}||EC-Kartenzahlung; {m} {c} DE|{m}|DEBITKARTE
web: KLARNA {m}|KLARNA BANK AB|Lastschrift; {m} Internet-Einkauf||E-COMMERCE
cash: BARGELD {c} {k}||AUSZAHLUNG
kindOut: Dauerauftrag/Überweisung
kindIn: Geldeingang
own: Umbuchung eigenes Konto
wage: Entgelt {mm}; Gehaltszahlung {mm}/{y}
employers: DEUTSCHE POST AG; STADT KOELN; MASCHINENBAU RICHTER GMBH
pension: RENTEN SERVICE DEUTSCHE POST>RENTE {mm}
scholarship: STUDIENSTIFTUNG DES DT. VOLKES>Stipendium {mm}
benefit: FAMILIENKASSE SACHSEN>Kindergeld Kind {mm}
dole: AGENTUR FUER ARBEIT DRESDEN>ALG I {mm} Arbeitslosengeld
client: VERLAG NORDSTERN>Honorar Rechnung {n}; WERBEHAUS KG>RG {n} Grafik
social: KSK>Künstlersozialkasse Beitrag {mm}
parents: Renate Schulz>Taschengeld
spouse: Markus Lang>Überweisung
rent: Gerhard Brandt>Warmmiete {mm}; VONOVIA SE>Miete {mm}/{y}
dorm: STUDENTENWERK DRESDEN>Miete Zimmer Studentenwohnheim {mm}
tuition: TU DRESDEN>Semesterbeitrag Studiengebühr {n}
mortgage: BAUSPARKASSE SCHWAEBISCH HALL>Hypothekendarlehen Rate {n}
assoc: HAUSVERWALTUNG WEG PARKSTR>Hausgeld Eigentümergemeinschaft {mm}
homeins: ERGO>Hausrat und Wohngebäude Versicherung {n}
carins: DEVK>Autoversicherung {n}
lifeins: COSMOS LEBEN>Risikolebensversicherung {n}
repay: SANTANDER CONSUMER>Kreditrate {n}
utilities: EON ENERGIE>Strom Abschlag {n}
telecom: TELEKOM DEUTSCHLAND>Festnetz Mobilfunk {n}
savings: Stefan Hoffmann>Rücklage Sparkonto
charity: BROT FUER DIE WELT>Spende; UNICEF>Spende monatlich
bailiff: OBERGERICHTSVOLLZIEHER ROTH>Zwangsvollstreckung {n}
collector: CREDITREFORM INKASSO>Forderung Rate {n}
latefee: SANTANDER CONSUMER>Mahnung Verzugszinsen {n}
childcare: KINDERGARTEN WICHTEL>Kindergartenbeitrag {mm}; TAGESMUTTER HELGA>Kinderbetreuung {mm}
kids: ROFU KINDERLAND; ERNSTINGS FAMILY BABY; SPIELZEUG VEDES
grocery: LIDL; PENNY; NETTO; METZGEREI HOFER
restaurant: GASTHOF KRONE; PIZZERIA CALABRIA
cafe: STARBUCKS; CAFE KAFFEEHAUS
fastfood: KFC; CURRYWURST BUDE
delivery: UBER EATS; DOMINOS PIZZA LIEFERUNG
bar: IRISH PUB SHAMROCK; DISKOTHEK PALAST
fuel: TOTAL; ESSO; STAR TANKSTELLE
parking: APCOA PARKING; PARKHAUS DOM
toll: VIGNETTE ASFINAG DIGITAL
carservice: VERGOELST REIFEN; TUEV HAUPTUNTERSUCHUNG; AUTOHAUS WERKSTATT
transit: KVB TICKET; DVB TICKET
pass: KVB DEUTSCHLANDTICKET; DVB MONATSKARTE
rail: OEBB; NATIONAL EXPRESS
taxi: TAXI RUF KOELN; SIXT RIDE
vet: KLEINTIERPRAXIS WEBER TIERARZT
pets: KOELLE ZOO; TIERBEDARF PFOTE
petsWeb: BITIBA.DE; ZOOROYAL.DE
gym: JOHN REED; YOGASTUDIO MITGLIEDSBEITRAG
sport: INTERSPORT; SPORT2000
bets: BET365; MERKUR SPIELOTHEK
lottery: WESTLOTTO
apparel: H&M; ZARA; S.OLIVER; CCC SCHUHE
jewellery: JUWELIER WEMPE
drugstore: DOUGLAS PARFUEMERIE; MUELLER DROGERIE
salon: BARBERSHOP KINGS; NAGELSTUDIO TRAUM
electronics: EXPERT ELEKTRO; EURONICS
electronicsWeb: ALTERNATE.DE; MINDFACTORY
diy: HORNBACH; TOOM BAUMARKT
furniture: POCO; HOEFFNER MOEBEL
garden: PFLANZEN KOELLE
marketplace: OTTO.DE; ALIEXPRESS; KAUFLAND.DE MARKTPLATZ
culture: CINEMAXX; SEMPEROPER; EVENTIM
books: MAYERSCHE; BUCHHANDLUNG LUDWIG
clinic: ZAHNZENTRUM DRESDEN; HEILPRAKTIKER PRAXIS; PHYSIOTHERAPIE FIT
pharmacy: DOM APOTHEKE; EASYAPOTHEKE
`);

export const sealedWest = { ES, PT, DE };
