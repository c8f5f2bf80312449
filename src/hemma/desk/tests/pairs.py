"""What people wrote, and how others look for it: subject | query | query …, in four languages."""

_TEXT = """
Fakturafrågor efter flytten | faktura | frågor | fakturafråga | fakurafrågor
Adressändring från första maj | ändring | adress | adressandring | adresändring
Elräkningen för oktober är fel | räkning | elrakning | räkningar | elräkingen
Dubbel dragning på bankkontot | bankkonto | kontot | dragningar | dubel dragning
Måste jag säga upp elavtalet? | elavtal | avtal | avtalet uppsägning | elavtallet
Mätaravläsning saknas | avläsning | mätare | mataravlasning | mätaravlesning
Uppsägning av bredbandsabonnemang | bredband | abonnemang | uppsagning | bredbansabonemang
Försenad leverans av köksbordet | leverans | bord | köksbord | leveransförsening
Återbetalning av månadsavgiften | betalning | månadsavgift | aterbetalning | återbetaling
Strömavbrott i Björkhagen sedan i går | avbrott | strömavbrot | stromavbrott | björkhagen
Påminnelseavgift fast jag betalat | påminnelse | avgift | paminnelseavgift | påminelse
Kreditupplysning utan samtycke | kredit | upplysning | kreditupplysningar | samtyke
Byte av autogirokonto | autogiro | konto byte | autogirot | autogiero
Reklamation av trasig tvättmaskin | tvättmaskinen | maskin | reklamera | tvätmaskin
Ångerrätt på nätköpet | ånger | nätköp | angerratt | ångerätt
Presentkortet fungerar inte i butiken | presentkort | kort butik | presenkort | butik
Ny kontaktperson för föreningen Tallen | kontaktperson | förening | foreningen | kontaktpersson
Orderbekräftelse har inte kommit | bekräftelse | order | orderbekraftelse | orderbekräftlse
Sömnadsarbetet på jackan var dåligt | sömnad | arbete | jacka | sömnadsarbete dålig
Personnumret är felstavat på biljetten | personnummer | biljett | felstavad | biljeten
Garantitiden för kylskåpet | garanti | kylskåp | kylskap | garantitid
Skadeanmälan efter vattenläckan | skada | vattenläcka | anmälan | vatenläcka
Fjärrvärmen är kall i trapphuset | fjärrvärme | värme | fjarrvarme | trapphus
Inloggning med bankid går inte | inloggning | logga in bankid | bankid | inlogning
Rabattkoden på hemsidan gäller inte | rabatt | kod | rabattkod | rabatkod
Flyttar den första december till Örebro | flytt | flytta örebro | orebro | december
Fakturaspørsmål om strømregningen | faktura spørsmål | strøm | stromregning | strømregninga
Adresseendring etter flytting | endring | adresse | adresseendringer | adreseendring
Måleravlesning for hytta | måler | avlesning | maleravlesning | hytte
Oppsigelse av mobilabonnement | mobil | abonnement | oppsigelsen | oppsigelse abonement
Forsinket levering av sofaen | levering | sofa | forsinkelse | leverig sofaen
Strømbrudd på Grønland siden i natt | brudd | strombrudd | grønland | strømbrud
Purregebyr selv om jeg har betalt | purring | gebyr | purregebyret | purregebir
Angrerett på nettkjøp | angre | kjøp | nettkjop | angreret
Tilbakebetaling av depositum | betaling | depositum | tilbakebetalingen | tilbakebetalling
Skademelding etter vannlekkasje | skade | lekkasje | vannlekasje | melding
Gavekortet virker ikke i nettbutikken | gavekort | nettbutikk | gavekortt | butikk
Kjøleskapet bråker om natten | kjøleskap | kjoleskap | bråk | skap
Mistet bagasje på flyet til Tromsø | bagasje | fly | tromso | bagasjen tromsø
Bestillingsnummeret finnes ikke | bestilling | nummer | bestillingsnummer | bestilingsnummer
Innlogging på Min side feiler | innlogging | logginn side | min side | inlogging
Reiseforsikring for hele familien | forsikring | reise | reiseforsikringen | reiseforsikrng
Frakt til Svalbard er dyr | frakt | svalbard | fraktkostnad svalbard | fragt
Avtalegiro trukket to ganger | giro | avtale | avtalegiroen | avtallegiro
Rettigheter ved forsinkelse av toget | rettighet | tog | forsinkelser | retigheter
Invoice charged twice in October | invoices | charge twice | invoce | charging
Change of delivery address | address change | deliver | adress | delivry
Refund for the broken dishwasher | refunded | dishwashers | washer | dishwaser
Cannot log in to my account | login | accounts | acount | logging
Cancellation of the subscription | cancel | subscriptions | subscripton | cancelation
Warranty question about headphones | warranties | phones | headphone | waranty
Missing luggage on flight to Bergen | flights | lugage | missed luggage | bergen
Meter reading does not match | readings | meters | metre reading | matching
Complaint about the waiting time | complaints | wait | complaning | waiting times
Password reset mail never arrives | reset | passwords | pasword | arrive
Gift card balance is wrong | giftcard | balances | ballance | gift cards
Power outage since yesterday | outages | outtage | power | yesterdays
Moving house in December, which contract? | contracts | houses | contrakt | moved december
Wrong name on the boarding pass | boarding | names | boardingpass | bording pass
Payment reminder though I have paid | reminders | pay | payments | remainder payment
Cobro duplicado en la factura de octubre | facturas | duplicada | cobros | factrua
Cambio de dirección de entrega | direccion | cambiar | entregas | dirrecion
Devolución del lavavajillas roto | devolucion | lavavajilla | devoluciones | debolucion
No puedo iniciar sesión en mi cuenta | sesion | cuentas | inicio sesión | secion
Baja de la suscripción anual | suscripcion | bajas | suscripciones | subscripción
Niños sin asiento en el tren a Logroño | ninos | asientos | logrono | niño
Corte de luz desde ayer en Coruña | cortes | coruna | corte luz | coruñna
Lectura del contador incorrecta | contadores | lecturas | incorrecto | lectrua
Garantía de la nevera | garantia | neveras | garantias | garrantia
Equipaje perdido en el vuelo a Málaga | equipajes | malaga | vuelos perdidos | equipage
Tarjeta regalo sin saldo | tarjetas | regalos | saldos | targeta
Queja por el tiempo de espera | quejas | espera | tiempos | qeja
Reembolso del billete cancelado | reembolsos | billetes | cancelar | rembolso
Contraseña olvidada y correo que no llega | contrasena | correos | olvidado | contraceña
Señal de televisión muy débil | senal | television | televisor señal | televicion
"""

_ROWS = [[part.strip() for part in line.split("|")] for line in _TEXT.strip().splitlines()]
PAIRS = [(query, row[0]) for row in _ROWS for query in row[1:]]

# Others that have words in common with those looked for.
_THINGS = ("faktura", "ordre", "order", "leverans", "konto", "billett", "cuenta", "contract")
_ABOUT = ("fråga", "spørsmål", "question", "pregunta", "tack", "hei", "urgent", "gracias")
SUBJECTS = [row[0] for row in _ROWS] + [
    f"{about} {thing}{number}" for about in _ABOUT for thing in _THINGS for number in range(3)
]
