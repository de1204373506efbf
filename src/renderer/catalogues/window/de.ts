import type { Translated } from '../../kit/translated.ts';
import type { windowEn } from './en.ts';

/** The words of all over the window, in German. */
export const windowDe: Translated<typeof windowEn> = {
  app: 'Staffdesk',
  loading: 'Lädt',
  retry: 'Noch einmal versuchen',
  closePanel: 'Schließen',
  reload: 'Neu laden',
  crashed: [
    'Dieser Teil des Fensters ist stehen geblieben',
    'Nichts Gespeichertes ist verloren. Laden Sie das Fenster neu, um weiterzuarbeiten.',
  ],
  resizeHint: 'Ziehen ändert die Größe, Doppelklick setzt sie zurück',
  foldRail: 'Seitenleiste einklappen',
  unfoldRail: 'Seitenleiste ausklappen',
  copied: 'Kopiert',
  notCopied: {
    title: 'Nicht kopiert.',
    body: 'Markieren Sie den Text und kopieren Sie ihn selbst.',
  },
  colleague: 'ein Kollege',
  customer: 'Kunde',
  customerNamed: (name) => `${name} (Kunde)`,
  nobody: 'Niemand',
  deactivated: (name) => `${name} (deaktiviert)`,
  ago: (age) => age ?? 'gerade eben',
  noValue: 'nichts',
  none: 'nichts',
  never: 'noch nicht',
  errors: {
    'invalid-input': {
      sentence: 'Diese Eingabe kann nicht verwendet werden.',
      remedy: 'Prüfen Sie den markierten Wert und versuchen Sie es noch einmal.',
    },
    'not-signed-in': {
      sentence: 'Sie sind nicht angemeldet.',
      remedy:
        'Melden Sie sich an, um fortzufahren. Entwürfe und wartende Antworten bleiben erhalten.',
    },
    'wrong-credentials': {
      sentence: 'Falsche E-Mail-Adresse oder falsches Passwort.',
      remedy:
        'Prüfen Sie beides und versuchen Sie es noch einmal, oder bitten Sie Ihre ' +
        'Administration, Ihr Passwort zurückzusetzen.',
    },
    'not-staff': {
      sentence: 'Dieses Konto ist ein Kundenkonto.',
      remedy: 'Melden Sie sich mit einem Mitarbeiterkonto an.',
    },
    'too-many-attempts': {
      sentence: 'Zu viele Anmeldeversuche.',
      remedy: 'Warten Sie eine Minute und versuchen Sie es dann noch einmal.',
    },
    unreachable: {
      sentence: 'Der Support-Server ist nicht erreichbar.',
      remedy:
        'Prüfen Sie das Netz. Alles, was Sie tun, bleibt erhalten und wird gesendet, sobald Sie wieder online sind.',
    },
    'unexpected-answer': {
      sentence: 'Zwischen hier und dem Support-Server hat etwas anderes geantwortet.',
      remedy:
        'Meist ist es die Anmeldeseite eines WLANs: Öffnen Sie eine Webseite, melden Sie ' +
        'sich dort an und versuchen Sie es dann noch einmal.',
    },
    'server-error': {
      sentence: 'Der Support-Server hatte ein Problem.',
      remedy: 'Nichts ist verloren. Versuchen Sie es gleich noch einmal.',
    },
    'name-not-found': {
      sentence: 'Der Name des Support-Servers ist in diesem Netz nicht bekannt.',
      remedy:
        'Prüfen Sie das Netz oder das VPN und die Adresse des Servers. Alles, was Sie tun, bleibt erhalten.',
    },
    'connection-refused': {
      sentence: 'Unter seiner Adresse läuft der Support-Server nicht.',
      remedy:
        'Warten Sie ein wenig oder sagen Sie es seiner Administration. Alles, was Sie tun, ' +
        'bleibt erhalten und wird gesendet, sobald er wieder da ist.',
    },
    'timed-out': {
      sentence: 'Der Support-Server hat nicht rechtzeitig geantwortet.',
      remedy:
        'Prüfen Sie das Netz. Alles, was Sie tun, bleibt erhalten und wird gesendet, sobald er antwortet.',
    },
    'bad-certificate': {
      sentence:
        'Dem Zertifikat des Support-Servers ist nicht zu trauen, deshalb wurde ihm nichts gesendet.',
      remedy:
        'Vielleicht liest in diesem Netz jemand mit: Versuchen Sie ein anderes, oder sagen ' +
        'Sie es der Administration des Servers. Alles, was Sie tun, bleibt erhalten.',
    },
    'certificate-date': {
      sentence: 'Das Zertifikat des Support-Servers gilt am Datum dieses Computers nicht.',
      remedy:
        'Prüfen Sie Datum und Uhrzeit dieses Computers. Stimmen sie, sagen Sie es der ' +
        'Administration des Servers. Alles, was Sie tun, bleibt erhalten.',
    },
    'proxy-sign-in': {
      sentence: 'Der Proxy dieses Netzes verlangt eine Anmeldung.',
      remedy:
        'Tragen Sie Benutzer und Passwort des Proxys im System ein, oder fragen Sie, wer ' +
        'das Netz betreut. Alles, was Sie tun, bleibt erhalten.',
    },
    'odd-answer': {
      sentence: 'Der Support-Server hat eine Antwort gegeben, die Staffdesk nicht versteht.',
      remedy:
        'Es wird weiter versucht. Bleibt es dabei, sagen Sie es der Administration des ' +
        'Servers: Beide passen vielleicht nicht zusammen. Alles, was Sie tun, bleibt ' +
        'erhalten.',
    },
    'answer-too-large': {
      sentence: 'Der Support-Server hat mehr auf einmal gesendet, als Staffdesk annimmt.',
      remedy: 'Sagen Sie es der Administration des Servers. Alles, was Sie tun, bleibt erhalten.',
    },
    'wrong-address': {
      sentence: 'Unter dieser Adresse gibt es keinen Support-Server.',
      remedy:
        'Prüfen Sie die Adresse, mit der Staffdesk gestartet wurde, oder fragen Sie die ' +
        'Administration: Der Server ist vielleicht umgezogen. Alles, was Sie tun, bleibt ' +
        'erhalten.',
    },
    'rate-limited': {
      sentence: 'Zu viele Anfragen an den Support-Server.',
      remedy: 'Neuer Versuch in Kürze. Alles, was Sie tun, bleibt erhalten.',
    },
    'account-deactivated': {
      sentence: 'Dieses Konto wurde deaktiviert.',
      remedy:
        'Fragen Sie eine Administratorin oder einen Administrator, oder melden Sie sich ' +
        'mit einem anderen Konto an. Entwürfe und wartende Antworten bleiben erhalten.',
    },
    'ticket-not-found': {
      sentence: 'Dieses Ticket gibt es hier nicht mehr.',
      remedy: 'Es wurde vielleicht gelöscht oder zusammengeführt. Wählen Sie ein anderes.',
    },
    'ticket-closed': {
      sentence: 'Dieses Ticket ist geschlossen.',
      remedy: 'Öffnen Sie es wieder, um zu antworten.',
    },
    'operation-not-found': {
      sentence: 'Dieser Eintrag wartet nicht mehr.',
      remedy: 'Sehen Sie in das Ticket: Er wurde vielleicht inzwischen gesendet.',
    },
    'not-undoable': {
      sentence: 'Das lässt sich nicht mehr rückgängig machen.',
      remedy: 'Es ist unterwegs oder angekommen. Sehen Sie in das Ticket und ändern Sie es dort.',
    },
    'bulk-too-large': {
      sentence: 'Das sind mehr als 10.000 Tickets auf einmal.',
      remedy: 'Grenzen Sie die Ansicht mit einem Filter ein und gehen Sie in Teilen vor.',
    },
    'disk-full': {
      sentence: 'Nicht gespeichert: Der Datenträger ist voll.',
      remedy: 'Schaffen Sie Platz und versuchen Sie es dann noch einmal. Ihr Text ist noch hier.',
    },
    'storage-failed': {
      sentence: 'Nicht gespeichert: Die lokale Datenbank hat die Änderung abgelehnt.',
      remedy: 'Ihr Text ist noch hier. Kopieren Sie ihn und starten Sie Staffdesk dann neu.',
    },
    'storage-read-only': {
      sentence:
        'Nicht gespeichert: In den Datenordner von Staffdesk kann nicht geschrieben werden.',
      remedy:
        'Erlauben Sie Änderungen darin oder prüfen Sie den Datenträger. Ihr Text ist noch ' +
        'hier, und Staffdesk arbeitet weiter, sobald es schreiben kann.',
    },
    'storage-held': {
      sentence: 'Nicht gespeichert: Ein anderes Programm verwendet gerade die Daten von Staffdesk.',
      remedy:
        'Warten Sie, bis es fertig ist, etwa eine Datensicherung, und versuchen Sie es ' +
        'dann noch einmal. Ihr Text ist noch hier.',
    },
    'storage-gone': {
      sentence:
        'Nicht gespeichert: Der Datenordner von Staffdesk wurde verschoben, gelöscht oder ersetzt.',
      remedy:
        'Legen Sie ihn zurück oder machen Sie seinen Platz frei: Staffdesk schreibt ihn ' +
        'dort neu. Ihr Text ist noch hier.',
    },
    'not-supported': {
      sentence: 'Dieser Server kann das nicht.',
      remedy: 'Bitten Sie seine Administration um eine neuere Fassung.',
    },
    refused: {
      sentence: 'Die Anfrage kam nicht aus dem Fenster von Staffdesk.',
      remedy: 'Öffnen Sie Staffdesk noch einmal.',
    },
    'shell-gone': {
      sentence: 'Staffdesk läuft nicht mehr.',
      remedy:
        'Starten Sie es neu und machen Sie im neuen Fenster weiter. Alles bisher Gespeicherte bleibt erhalten.',
    },
    'window-stale': {
      sentence: 'Staffdesk wurde neu gestartet, und dieses Fenster ist nicht mehr damit verbunden.',
      remedy:
        'Kopieren Sie, was Sie gerade schreiben, schließen Sie dieses Fenster und machen ' +
        'Sie im neuen weiter. Alles bisher Gespeicherte bleibt erhalten.',
    },
    'too-many-windows': {
      sentence:
        'Staffdesk ist in zu vielen Fenstern offen, deshalb zeigt dieses keine neuen Nachrichten.',
      remedy: 'Schließen Sie einige der anderen.',
    },
    internal: {
      sentence: 'In Staffdesk ist etwas schiefgegangen.',
      remedy:
        'Nichts Gespeichertes ist verloren. Versuchen Sie es noch einmal, oder starten Sie Staffdesk neu.',
    },
  },
  storageFaults: {
    full:
      'Der Datenträger ist voll: Neues kann nicht gespeichert werden. Gespeichertes ist ' +
      'sicher. Schaffen Sie Platz, dann arbeitet Staffdesk automatisch weiter.',
    'read-only':
      'In den Datenordner kann nicht geschrieben werden: Neues kann nicht gespeichert ' +
      'werden. Gespeichertes ist sicher. Erlauben Sie Änderungen darin, dann arbeitet ' +
      'Staffdesk automatisch weiter.',
    held:
      'Ein anderes Programm verwendet die Daten von Staffdesk. Nichts geht verloren: Was ' +
      'jetzt nicht gespeichert werden kann, wird gespeichert, sobald das Programm fertig ist.',
    gone:
      'Der Datenordner wurde verschoben oder gelöscht. Solange Staffdesk läuft, geht nichts ' +
      'verloren. Legen Sie den Ordner zurück oder machen Sie seinen Platz frei.',
    swapped:
      'Eine Datei des Datenordners wurde von einem anderen Programm ersetzt. Solange ' +
      'Staffdesk läuft, geht nichts verloren. Schließen Sie das Programm; Staffdesk ' +
      'schreibt seine Datei dann neu.',
    failed:
      'Der Datenträger mit dem Datenordner arbeitet nicht richtig: Neues kann nicht ' +
      'gespeichert werden. Prüfen Sie ihn und lassen Sie Staffdesk geöffnet, bis diese ' +
      'Meldung verschwindet.',
  },
  storageReading:
    'Sie sehen den zuletzt gespeicherten Stand; solange wird nichts gesendet oder empfangen.',
};
