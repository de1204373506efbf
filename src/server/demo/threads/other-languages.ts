import type { Language, LanguagePack, Scenario } from './scenario.ts';

/** A thread of customer, agent, note, agent, customer: the shape most short ones have. */
function talk(category: Scenario['category'], tags: string[], subjects: string[], first: string[], ask: string[], answer: string[], note: string[], solve: string[], end: string[]): Scenario {
  return { category, tags, priorities: ['medium', 'low', 'high', 'medium'], subjects, beats: [['customer', ...first], ['agent', ...ask], ['customer', ...answer], ['note', ...note], ['agent', ...solve], ['customer', ...end]] };
}
const bankNote = ['Ledger shows {wref} as sent. @{mate} can you ask treasury for a trace?', '@{mate} trace for {wref} please, customer is waiting since {date}.'];
const codeNote = ['SMS gateway shows the messages as delivered to the old number. @{mate} please confirm the change.', 'Number changed less than 24 h ago, codes held back by rule 9. @{mate} ok to release?'];
const bugNote = ['Reproduced with app {version}, it is {bug}. @{mate} is there a date?', 'Same as {bug}, only with this locale. @{mate} FYI.'];

/** Every language but English. Notes between colleagues are in English, as they are in many teams. */
export const otherLanguages: Record<Exclude<Language, 'en'>, LanguagePack> = {
  de: {
    farewells: ['Gern geschehen, ich schließe das Ticket dann.', 'Freut mich! Melden Sie sich jederzeit wieder.'], reminders: ['Haben Sie meine letzte Frage gesehen? Ich brauche die Angabe, um weiterzumachen.'], timeouts: ['Da ich nichts mehr gehört habe, schließe ich das Ticket. Sie können jederzeit antworten.'], neverMinds: ['Hat sich erledigt, danke.'], bridges: ['Noch etwas anderes: ', 'Und noch eine Frage: '],
    openings: ['Hallo,', 'Guten Tag,', 'Sehr geehrte Damen und Herren,'], closings: ['Danke!', 'Mit freundlichen Grüßen', 'Vielen Dank im Voraus.'],
    agentOpenings: ['Guten Tag {given},', 'Hallo {given},'], agentClosings: ['Viele Grüße\n{agent}'], thanks: ['Vielen Dank, das hat geklappt.', 'Super, danke!', 'Perfekt, Sie können das Ticket schließen.'],
    nudges: ['Gibt es schon etwas Neues?', 'Ich warte jetzt seit {n} Tagen.', 'Bei mir hat sich leider nichts geändert.'], holds: ['Bitte entschuldigen Sie die Wartezeit. Ich frage bei den Kollegen nach und melde mich bis {later}.', 'Noch nichts Neues, ich bleibe dran.'],
    followUps: ['Gibt es schon Neuigkeiten?', 'Ich habe es eben noch einmal versucht, leider ohne Erfolg.', 'Brauchen Sie noch etwas von mir?', 'Danke, ich probiere das heute Abend aus.', 'Jetzt hat es funktioniert, vielen Dank!'],
    scenarios: [
      talk('funding', ['withdrawal'], ['Auszahlung nicht angekommen', 'Auszahlung {wref} fehlt', 'Geld ist bei der {bank} nicht da'], ['Ich habe am {date} {amount} auf mein Konto bei der {bank} ausgezahlt. Laut Website ist es gesendet, aber es ist nichts da.', 'Meine Auszahlung {wref} steht auf „gesendet“, bei der {bank} ist aber kein Eingang.'], ['Können Sie mir bitte die letzten vier Ziffern der IBAN nennen?'], ['Sie endet auf {last4}.', '{last4}, das Konto läuft auf meinen Namen.'], bankNote, ['Die Zahlung liegt bei der Korrespondenzbank und wird voraussichtlich bis {later} gutgeschrieben. Sie müssen nichts weiter tun.'], ['Das Geld ist heute angekommen.', 'Angekommen, danke für die Hilfe.']),
      talk('account', ['2fa'], ['Code für die Anmeldung kommt nicht', 'Keine SMS mit dem Code', 'Neue Handynummer, kein Code'], ['Ich habe gestern meine Nummer geändert und bekomme seitdem keinen Code mehr.', 'Der Code für die Zwei-Faktor-Anmeldung kommt auf meinem {device} nicht an. Ich komme nicht mehr in mein Konto.'], ['Welche Nummer wird Ihnen bei der Anmeldung angezeigt? Bitte nennen Sie mir nur die letzten zwei Ziffern.'], ['Es ist noch die alte.', 'Die neue, sie endet auf 47.'], codeNote, ['Die Sperre nach dem Wechsel ist aufgehoben, bitte versuchen Sie es noch einmal.'], ['Der Code kam sofort, vielen Dank.', 'Jetzt bin ich drin.']),
    ],
  },
  es: {
    farewells: ['Un placer, cierro la consulta.'], reminders: ['¿Pudo ver mi última pregunta?'], timeouts: ['Como no he recibido respuesta, cierro la consulta. Puede contestar cuando quiera.'], neverMinds: ['Ya está, no hace falta.'], bridges: ['Otra cosa: '],
    openings: ['Hola,', 'Buenos días:', 'Buenas tardes,'], closings: ['Gracias.', 'Un saludo', 'Quedo a la espera.'], agentOpenings: ['Hola {given}:', 'Buenos días, {given}:'], agentClosings: ['Un saludo,\n{agent}'],
    thanks: ['Muchas gracias, ya está resuelto.', 'Perfecto, gracias.', '¡Genial!'], nudges: ['¿Hay alguna novedad?', 'Llevo {n} días esperando.', 'Por mi parte sigue igual.'], holds: ['Siento la espera. He vuelto a preguntar al equipo y espero respuesta antes del {later}.'],
    followUps: ['¿Alguna novedad?', 'Lo he vuelto a intentar y sigue igual.', '¿Necesitan algo más de mi parte?', 'Gracias, lo pruebo ahora mismo.', 'Ya funciona, ¿qué era?'],
    scenarios: [
      talk('funding', ['deposit'], ['Ingreso no reflejado', 'Mi transferencia no aparece', 'Falta un depósito de {amount}'], ['Hice una transferencia de {amount} desde {bank} el {date} y todavía no aparece en mi saldo.', 'Mi depósito salió de {bank} hace {n} días. ¿Dónde está?'], ['¿Podría enviarnos el justificante de {bank} con la fecha y la referencia?'], ['Adjunto el justificante. Olvidé poner la referencia, perdón.', 'Aquí está el PDF.'], ['Unmatched receipt found, sender fits. @{mate} please book.'], ['Lo hemos encontrado: {amount} ya está en su cuenta. La próxima vez copie la referencia de la página de ingresos y será automático.'], ['Ya lo veo, muchas gracias.', 'Perfecto.']),
      talk('technical', ['app'], ['La aplicación se cierra sola', 'No puedo abrir la app', 'Pantalla en blanco tras actualizar'], ['Desde la versión {version} la aplicación se cierra al abrirla. Tengo un {device}.', 'Pantalla en blanco después del logotipo. La he reinstalado dos veces.'], ['¿Tiene activado el ahorro de batería o una VPN?'], ['Sí, la VPN. Sin ella funciona.', 'Ahorro de batería, sí.'], bugNote, ['Hoy hemos publicado una versión que lo corrige. Por favor, actualice desde la tienda.'], ['Actualizada y funciona.', 'Ahora sí, gracias.']),
    ],
  },
  fr: {
    farewells: ['Avec plaisir, je clos la demande.'], reminders: ['Avez-vous pu voir ma dernière question ?'], timeouts: ['Sans nouvelles de votre part, je clos la demande. Vous pouvez répondre à tout moment.'], neverMinds: ['C’est bon, problème résolu.'], bridges: ['Autre chose : '],
    openings: ['Bonjour,', 'Bonsoir,', 'Madame, Monsieur,'], closings: ['Merci.', 'Cordialement', 'Merci d’avance.'], agentOpenings: ['Bonjour {given},'], agentClosings: ['Bien cordialement,\n{agent}'],
    thanks: ['Merci beaucoup, c’est réglé.', 'Parfait, merci.'], nudges: ['Avez-vous du nouveau ?', 'Cela fait {n} jours que j’attends.'], holds: ['Je suis désolé pour l’attente. Je relance mes collègues et je reviens vers vous d’ici le {later}.'],
    followUps: ['Avez-vous des nouvelles ?', 'Je viens de réessayer, c’est toujours pareil.', 'Avez-vous besoin d’autre chose ?', 'Merci, j’essaie ce soir.', 'Cela fonctionne maintenant, merci !'],
    scenarios: [
      talk('billing', ['invoice'], ['Facture au mauvais nom', 'Facture {invoice} à corriger', 'Il manque la facture de {month}'], ['La facture {invoice} est à mon nom personnel. Pourriez-vous l’établir au nom de {company} ?', 'Je ne trouve pas la facture de {month}, mon comptable la demande pour le {later}.'], ['Bien sûr. Pouvez-vous m’indiquer l’adresse et le numéro de TVA exacts ?'], ['{company}, 12 rue du Port, {city}. Le numéro est en pièce jointe.', 'Comme dans mon profil, merci.'], ['Reissued {invoice}. @{mate} please check the VAT field, it was empty.'], ['C’est fait : le document corrigé est dans votre espace et l’ancien est annulé.'], ['Parfait, merci beaucoup.', 'Bien reçu.']),
      talk('trading', ['order'], ['Ordre non exécuté', 'Mon ordre sur {share} est resté en attente', 'Ordre {order} refusé'], ['Mon ordre {order} de {qty} {share} n’a pas été exécuté alors que le cours a touché ma limite à {time}.', 'L’ordre {order} reste « en attente » depuis ce matin.'], ['À quelle limite était l’ordre, et sur quelle place ?'], ['À {price}, sur le marché principal.', 'Limite {price}.'], ['Limit touched with 40 shares only, others ahead in the queue. @{mate} please confirm.'], ['Le cours a touché {price}, mais pour un volume inférieur aux ordres placés avant le vôtre. Votre ordre reste valable jusqu’à ce soir.'], ['D’accord, merci pour l’explication.']),
    ],
  },
  ja: {
    farewells: ['解決して何よりです。こちらの件は完了といたします。'], reminders: ['先日の質問をご覧いただけましたでしょうか。'], timeouts: ['ご返信がないため、いったん完了といたします。いつでもご返信ください。'], neverMinds: ['自己解決しました。'], bridges: ['別件ですが、'],
    openings: ['お世話になっております。', 'こんにちは。'], closings: ['よろしくお願いいたします。', 'ご確認をお願いします。'], agentOpenings: ['お問い合わせありがとうございます。', '{given}様、'], agentClosings: ['サポート担当 {agent}'],
    thanks: ['解決しました。ありがとうございました。', '確認できました。助かりました。'], nudges: ['その後いかがでしょうか。', '{n}日経ちましたが、まだ変わりません。'], holds: ['お待たせして申し訳ございません。担当部署に確認中です。{later}までにご連絡いたします。'],
    followUps: ['その後、進展はありましたか。', 'もう一度試しましたが、同じでした。', 'ほかに必要な情報はありますか。', 'ありがとうございます。今晩試してみます。', '無事に直りました。'],
    scenarios: [
      talk('funding', ['withdrawal'], ['出金がまだ届きません', '出金{wref}について', '銀行口座に入金されていません'], ['{date}に{amount}を{bank}へ出金しましたが、まだ届いていません。', '出金{wref}は「送金済み」になっていますが、{bank}では確認できません。'], ['口座番号の下4桁を教えていただけますか。'], ['{last4}です。', '下4桁は{last4}、名義は本人です。'], bankNote, ['中継銀行で確認中のため遅れておりました。{later}までに着金する見込みです。お手続きは不要です。'], ['本日着金しました。', '確認できました。']),
      talk('account', ['2fa'], ['認証コードが届かない', '二段階認証のコードについて', 'ログインできません'], ['昨日電話番号を変更してから、認証コードが届きません。', '{device}でログインしようとしてもコードが届きません。'], ['画面に表示されている電話番号の下2桁をご確認ください。'], ['新しい番号です。下2桁は47です。', '以前の番号のままです。'], codeNote, ['番号変更後の保留を解除しました。もう一度お試しください。'], ['すぐに届きました。']),
    ],
  },
  ar: {
    farewells: ['على الرحب والسعة، سأغلق التذكرة.'], reminders: ['هل اطلعت على سؤالي الأخير؟'], timeouts: ['لم يصلنا رد، لذلك سأغلق التذكرة. يمكنك الرد في أي وقت.'], neverMinds: ['تم الحل، لا داعي للمتابعة.'], bridges: ['وسؤال آخر: '],
    openings: ['مرحبا،', 'السلام عليكم،', 'تحية طيبة،'], closings: ['شكرا لكم.', 'أرجو المساعدة.', 'مع التحية'], agentOpenings: ['مرحبا {given}،', 'أهلا {given}،'], agentClosings: ['مع أطيب التحيات،\n{agent}'],
    thanks: ['شكرا جزيلا، تم الحل.', 'ممتاز، شكرا.'], nudges: ['هل من جديد؟', 'أنتظر منذ {n} أيام.'], holds: ['نعتذر عن التأخير. سألت الفريق مرة أخرى وأتوقع الرد قبل {later}.'],
    followUps: ['هل من جديد؟', 'حاولت مرة أخرى وما زالت المشكلة نفسها.', 'هل تحتاجون شيئا آخر مني؟', 'شكرا، سأجرب ذلك الآن.', 'تم الحل، شكرا لكم.'],
    scenarios: [
      talk('technical', ['statement'], ['كشف الحساب لا يفتح', 'ملف كشف الحساب فارغ', 'مشكلة في تحميل الكشف'], ['لا أستطيع فتح كشف الحساب لشهر {month}. الملف يظهر فارغا على الهاتف {device}.', 'أحمل كشف الحساب لكن الصفحة بيضاء.'], ['هل يفتح الملف على الحاسوب؟ وما إصدار التطبيق؟'], ['نعم يفتح على الحاسوب. الإصدار {version}.', 'لا، فارغ في كل مكان.'], bugNote, ['السبب خطأ في التطبيق مع الخط العربي وقد أصلحناه. يرجى تحديث التطبيق ثم تحميل الكشف من جديد.'], ['يفتح الآن، شكرا.', 'تم، بارك الله فيكم.']),
      talk('funding', ['withdrawal'], ['السحب لم يصل', 'أين المبلغ {wref}؟', 'تأخر التحويل إلى {bank}'], ['سحبت {amount} إلى {bank} بتاريخ {date} ولم يصل حتى الآن.', 'السحب {wref} مكتوب أنه أرسل لكن البنك لا يرى شيئا.'], ['هل يمكنك تأكيد آخر أربعة أرقام من الحساب؟'], ['الأرقام هي {last4}', 'ينتهي بـ {last4} والحساب باسمي.'], bankNote, ['المبلغ لدى البنك المراسل وسيصل قبل {later}. لا حاجة لأي إجراء منك.'], ['وصل المبلغ اليوم.']),
    ],
  },
  pt: {
    farewells: ['De nada, vou fechar o pedido.'], reminders: ['Conseguiu ver a minha última pergunta?'], timeouts: ['Sem resposta, vou fechar o pedido. Pode responder quando quiser.'], neverMinds: ['Já está resolvido.'], bridges: ['Outra coisa: '],
    openings: ['Olá,', 'Bom dia,'], closings: ['Obrigado.', 'Aguardo retorno.'], agentOpenings: ['Olá {given},'], agentClosings: ['Cumprimentos,\n{agent}'], thanks: ['Resolvido, obrigado!', 'Perfeito.'], nudges: ['Alguma novidade?', 'Já se passaram {n} dias.'], holds: ['Peço desculpa pela demora. Espero uma resposta até {later}.'],
    followUps: ['Alguma novidade?', 'Tentei de novo e continua igual.', 'Precisam de mais alguma coisa?', 'Obrigada, vou tentar agora.'],
    scenarios: [talk('billing', ['double-charge'], ['Cobrança em duplicado', 'Cobraram duas vezes {fee}', 'Duas cobranças no mesmo mês'], ['Cobraram {fee} duas vezes em {month}. Podem devolver uma?', 'Tenho duas cobranças de {fee} no cartão com final {last4}.'], ['Alguma delas ainda aparece como pendente?'], ['Não, as duas foram debitadas.', 'Uma está pendente.'], ['Duplicate capture, refund {fee}. @{mate} please approve.'], ['Devolvemos {fee} hoje; deve aparecer até {later}.'], ['Já recebi, obrigado.'])],
  },
  hi: {
    farewells: ['स्वागत है, मैं टिकट बंद कर रहा हूँ।'], reminders: ['क्या आपने मेरा पिछला सवाल देखा?'], timeouts: ['जवाब न मिलने के कारण टिकट बंद कर रहे हैं। आप कभी भी लिख सकते हैं।'], neverMinds: ['समस्या हल हो गई।'], bridges: ['एक और बात: '],
    openings: ['नमस्ते,', 'नमस्कार,'], closings: ['धन्यवाद।', 'कृपया मदद करें।'], agentOpenings: ['नमस्ते {given} जी,'], agentClosings: ['धन्यवाद,\n{agent}'], thanks: ['हो गया, बहुत धन्यवाद।'], nudges: ['कोई अपडेट है क्या?', '{n} दिन हो गए हैं।'], holds: ['देरी के लिए क्षमा करें। {later} तक जवाब मिल जाएगा।'],
    followUps: ['कोई अपडेट है क्या?', 'मैंने फिर से कोशिश की, वही समस्या है।', 'क्या मुझसे कुछ और चाहिए?', 'धन्यवाद, अभी देखता हूँ।'],
    scenarios: [talk('account', ['kyc'], ['केवाईसी लंबित है', 'दस्तावेज़ अस्वीकृत हो गया', 'खाता सत्यापन में देरी'], ['मेरा केवाईसी {n} दिनों से लंबित है। दस्तावेज़ {date} को अपलोड किया था।', 'मेरा दस्तावेज़ बार-बार अस्वीकृत हो रहा है।'], ['क्या फ़ोटो में चारों कोने साफ़ दिख रहे हैं?'], ['हाँ, अभी नई फ़ोटो अपलोड की है।', 'फिर से भेज दी है।'], ['New scan is fine. @{mate} please approve.'], ['आपका सत्यापन पूरा हो गया है। अब आप सभी सुविधाएँ इस्तेमाल कर सकते हैं।'], ['बहुत धन्यवाद।'])],
  },
  vi: {
    farewells: ['Rất vui được hỗ trợ bạn, tôi xin đóng yêu cầu.'], reminders: ['Bạn đã xem câu hỏi của tôi chưa?'], timeouts: ['Vì chưa có phản hồi nên tôi xin đóng yêu cầu. Bạn có thể trả lời bất cứ lúc nào.'], neverMinds: ['Tôi tự xử lý được rồi.'], bridges: ['Còn một việc nữa: '],
    openings: ['Chào bạn,', 'Xin chào,'], closings: ['Cảm ơn.', 'Mong phản hồi sớm.'], agentOpenings: ['Chào {given},'], agentClosings: ['Trân trọng,\n{agent}'], thanks: ['Đã được rồi, cảm ơn bạn nhiều.'], nudges: ['Có tin gì mới không?', 'Đã {n} ngày rồi.'], holds: ['Xin lỗi vì để bạn chờ. Tôi sẽ trả lời trước {later}.'],
    followUps: ['Có tin gì mới không?', 'Tôi vừa thử lại, vẫn như cũ.', 'Bạn cần thêm gì không?', 'Cảm ơn, tôi sẽ thử ngay.'],
    scenarios: [talk('technical', ['charts'], ['Biểu đồ không tải', 'Mất hình vẽ trên biểu đồ', 'Biểu đồ {instrument} trống'], ['Biểu đồ tuần của {instrument} không hiện trên {device}.', 'Các đường vẽ biến mất mỗi khi tải lại trang.'], ['Bạn dùng trình duyệt nào?'], ['{browser}.', 'Tôi dùng {browser} trên {computer}.'], bugNote, ['Lỗi này đã được sửa trong phiên bản hôm nay, bạn vui lòng tải lại trang.'], ['Được rồi, cảm ơn.'])],
  },
  pl: {
    farewells: ['Cieszę się, zamykam zgłoszenie.'], reminders: ['Czy widział Pan moje ostatnie pytanie?'], timeouts: ['Nie mam odpowiedzi, więc zamykam zgłoszenie. Można odpisać w każdej chwili.'], neverMinds: ['Już nieaktualne, dziękuję.'], bridges: ['I jeszcze jedno: '],
    openings: ['Dzień dobry,', 'Witam,'], closings: ['Dziękuję.', 'Pozdrawiam'], agentOpenings: ['Dzień dobry,'], agentClosings: ['Pozdrawiam\n{agent}'], thanks: ['Działa, dziękuję bardzo.'], nudges: ['Czy są jakieś wieści?', 'Minęło już {n} dni.'], holds: ['Przepraszam za zwłokę. Odpowiem najpóźniej {later}.'],
    followUps: ['Czy są jakieś wieści?', 'Spróbowałem ponownie, bez zmian.', 'Czy potrzebują Państwo czegoś jeszcze?', 'Dziękuję, zaraz sprawdzę.'],
    scenarios: [talk('funding', ['deposit'], ['Wpłata nie została zaksięgowana', 'Brak przelewu z {bank}', 'Gdzie jest mój przelew?'], ['Wysłałem {amount} z {bank} dnia {date} i nadal nie ma ich na koncie.', 'Przelew z {bank} nie dotarł od {n} dni.'], ['Czy może Pan przesłać potwierdzenie przelewu?'], ['W załączniku. Zapomniałem o tytule przelewu.', 'Przesyłam PDF.'], ['Unmatched receipt, sender fits. @{mate} please book.'], ['Środki zostały zaksięgowane z datą {date}.'], ['Widzę, dziękuję.'])],
  },
  uk: {
    farewells: ['Будь ласка! Закриваю звернення.'], reminders: ['Чи бачили ви моє останнє запитання?'], timeouts: ['Відповіді немає, тож закриваю звернення. Можете відповісти будь-коли.'], neverMinds: ['Уже не треба, дякую.'], bridges: ['І ще одне: '],
    openings: ['Добрий день,', 'Вітаю,'], closings: ['Дякую.', 'Чекаю на відповідь.'], agentOpenings: ['Добрий день, {given}!'], agentClosings: ['З повагою,\n{agent}'], thanks: ['Усе працює, щиро дякую.'], nudges: ['Чи є новини?', 'Минуло вже {n} днів.'], holds: ['Перепрошую за очікування. Відповім до {later}.'],
    followUps: ['Чи є якісь новини?', 'Спробував ще раз, без змін.', 'Чи потрібно щось іще від мене?', 'Дякую, зараз перевірю.'],
    scenarios: [talk('account', ['name-change'], ['Зміна прізвища в акаунті', 'Змінити ім’я після весілля', 'Неправильне прізвище в профілі'], ['Після весілля я змінила прізвище. Як оновити його в акаунті?', 'У профілі помилка в прізвищі, через це {bank} повертає платежі.'], ['Надішліть, будь ласка, свідоцтво або новий паспорт.'], ['Надіслала обидва документи.', 'Ось скан.'], ['Documents fit. @{mate} please change the name, payouts are on hold until then.'], ['Прізвище оновлено, виплати знову доступні.'], ['Дякую за швидкість!'])],
  },
  th: {
    farewells: ['ยินดีค่ะ ขอปิดเรื่องนี้นะคะ'], reminders: ['ได้เห็นคำถามล่าสุดไหมคะ'], timeouts: ['เนื่องจากไม่ได้รับคำตอบ ขอปิดเรื่องนี้ก่อน ตอบกลับได้ตลอดค่ะ'], neverMinds: ['แก้ไขได้แล้วค่ะ'], bridges: ['อีกเรื่องค่ะ '],
    openings: ['สวัสดีค่ะ', 'สวัสดีครับ'], closings: ['ขอบคุณค่ะ', 'ขอบคุณครับ'], agentOpenings: ['สวัสดีคุณ {given}'], agentClosings: ['ขอแสดงความนับถือ\n{agent}'], thanks: ['เรียบร้อยแล้ว ขอบคุณมากค่ะ'], nudges: ['มีความคืบหน้าไหมคะ', 'ผ่านมา {n} วันแล้วครับ'], holds: ['ขออภัยที่ให้รอ จะแจ้งผลภายในวันที่ {later}'],
    followUps: ['มีความคืบหน้าไหมคะ', 'ลองใหม่แล้วยังเหมือนเดิมครับ', 'ต้องการข้อมูลอะไรเพิ่มไหมคะ', 'ขอบคุณครับ จะลองดู'],
    scenarios: [talk('funding', ['withdrawal'], ['ถอนเงินแล้วยังไม่เข้าบัญชี', 'สอบถามรายการถอน {wref}', 'เงินยังไม่เข้า {bank}'], ['ถอนเงิน {amount} ไปที่ {bank} เมื่อวันที่ {date} แต่ยังไม่เข้าบัญชี', 'รายการ {wref} ขึ้นว่าส่งแล้ว แต่ธนาคารไม่พบรายการ'], ['ขอเลขบัญชีสี่ตัวท้ายด้วยค่ะ'], ['{last4} ค่ะ', 'ลงท้าย {last4} ชื่อบัญชีตรงกันครับ'], bankNote, ['ธนาคารตัวกลางกำลังตรวจสอบชื่อ คาดว่าจะเข้าบัญชีภายในวันที่ {later}'], ['เงินเข้าแล้ว ขอบคุณค่ะ'])],
  },
  zh: {
    farewells: ['不客气，我这边先关闭工单。'], reminders: ['请问您看到我上次的问题了吗？'], timeouts: ['由于没有收到回复，工单先关闭，您可以随时回复。'], neverMinds: ['已经解决了，不用了。'], bridges: ['另外，'],
    openings: ['您好，', '你好，'], closings: ['谢谢。', '请尽快处理。'], agentOpenings: ['{given}，您好！', '您好，'], agentClosings: ['客服 {agent}'], thanks: ['已经好了，谢谢。'], nudges: ['请问有进展吗？', '已经{n}天了。'], holds: ['抱歉让您久等，我会在{later}之前回复您。'],
    followUps: ['请问有进展吗？', '我又试了一次，还是不行。', '还需要我提供什么吗？', '谢谢，我现在试试。'],
    scenarios: [talk('trading', ['order'], ['订单{order}没有成交', '限价单一直挂着', '{share}订单被拒'], ['我的订单{order}（{share} {qty}股）没有成交，价格在{time}已经到了我的限价。', '限价单从早上一直显示“等待中”。'], ['请问您的限价是多少？'], ['{price}。', '限价{price}，当日有效。'], ['Limit touched for a few shares only. @{mate} please confirm before I explain.'], ['价格虽然到了{price}，但成交量小于排在您之前的订单。该订单今天收盘前仍然有效。'], ['明白了，谢谢解释。'])],
  },
};
