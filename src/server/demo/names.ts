import type { Language } from './threads/scenario.ts';
import { between, chance, pick, type Random } from './random.ts';

export interface PersonName {
  full: string;
  given: string;
  family: string;
  /** Local part of an address, in ASCII. */
  handle: string;
}

const words = (text: string) => text.split(' ');
/** `愛子:aiko` becomes the name and its spelling in an address. */
const pairs = (text: string) =>
  text
    .split(' ')
    .map((entry) => entry.split(':').map((part) => part.replaceAll('_', ' ')) as [string, string?]);

const english = {
  given: words(
    'Adam Aisha Alice Amelia Andrea Angela Arjun Ashley Ben Beth Brian Caleb Callum Carla ' +
      'Carmen Cheryl Chidi Chloe Claire Connor Daniel Daphne David Deborah Derek Diane ' +
      'Eleanor Elijah Emma Ethan Farah Fiona Francis Gareth George Grace Graham Hannah ' +
      'Harriet Hassan Helen Henry Ian Imani Isabel Ivy Jack Jade Jamal James Janet Jason ' +
      'Joanna Joel Joseph Kate Keisha Kevin Kofi Kwame Laura Leo Liam Linda Lucy Malik ' +
      'Marcus Margaret Martin Megan Mei Michael Moira Nadia Naomi Nathan Neil Nina Noah ' +
      'Oliver Olivia Owen Patricia Paul Peter Priyanka Rachel Ravi Rebecca Robert Rohan Ruth ' +
      'Samuel Sandra Sean Simon Sophie Stella Stephen Susan Tanya Theo Thomas Tunde Victor ' +
      'Wendy Yusuf Zara Zoe',
  ),
  family: words(
    'Abbott Adeyemi Ahmed Allen Anderson Armstrong Bailey Baker Banerjee Barnes Bell ' +
      'Bennett Boateng Brooks Campbell Carter Chan Chapman Chen Clarke Cole Collins Cooper ' +
      'Cox Cruz Davies Delgado Dixon Doyle Edwards Ellis Evans Farrell Ferguson Fisher ' +
      'Fletcher Foster Fraser Gallagher Gibson Gill Graham Grant Gupta Hall Hamilton Harris ' +
      'Hart Hayes Holt Hughes Hussain Iyer Jackson Jenkins Johnson Jones Kapoor Kaur Kelly ' +
      'Khan King Lambert Lawson Lee Lewis Lopez Malik Marsh Martin Mason McCarthy Mensah ' +
      "Miller Mitchell Moore Morgan Morris Murphy Nakamura Nguyen Novak O'Brien O'Neill " +
      'Okeke Oliver Osei Owens Palmer Park Parker Patel Pearce Perry Phillips Porter Powell ' +
      'Price Quinn Rahman Reid Reyes Richards Roberts Rossi Rowe Russell Sanders Scott Shah ' +
      'Sharma Shaw Silva Simpson Singh Spencer Stone Sullivan Taylor Thompson Tran Turner ' +
      'Wallace Walsh Ward Watson Webb Wells West Whitfield Williams Wong Wright Young',
  ),
};

const others: Record<
  Exclude<Language, 'en'>,
  { given: [string, string?][]; family: [string, string?][]; familyFirst?: boolean; gap?: string }
> = {
  de: {
    given: pairs(
      'Lukas Katharina Jürgen:juergen Sabine Florian Anja Matthias Birgit Stefan Ute ' +
        'Moritz Franziska Björn:bjoern Heike Tobias Leonie',
    ),
    family: pairs(
      'Schneider Vogel Müller:mueller Hoffmann Schäfer:schaefer Krüger:krueger Zimmermann ' +
        'Lehmann Köhler:koehler Brandt Winkler Jäger:jaeger Seidel Engel',
    ),
  },
  es: {
    given: pairs(
      'Lucía Javier Marta Alejandro Carmen Diego Sofía Ignacio Valentina Andrés Beatriz Sergio Rocío Emilio',
    ),
    family: pairs(
      'García Fernández Muñoz Ortega Jiménez Herrera Castaño Rojas Núñez Vargas Molina Peña Salazar Ibáñez',
    ),
  },
  fr: {
    given: pairs(
      'Camille Julien Élodie Mathieu Chloé Antoine Aurélie Nicolas Inès Théo Manon Baptiste Hélène François',
    ),
    family: pairs(
      'Lefèvre Moreau Girard Dubois Rousseau Mercier Faure Gauthier Chevalier Benoît Marchand Perrin Lacroix',
    ),
  },
  pt: {
    given: pairs('João Beatriz Rafael Inês Thiago Letícia Gonçalo Mariana Luís Fernanda'),
    family: pairs('Almeida Conceição Ribeiro Magalhães Teixeira Araújo Carvalho Nogueira'),
  },
  ja: {
    given: pairs(
      '健太:kenta 美咲:misaki 翔:sho 陽子:yoko 大輔:daisuke 由美:yumi 直樹:naoki 彩:aya 誠:makoto 恵子:keiko',
    ),
    family: pairs(
      '佐藤:sato 鈴木:suzuki 高橋:takahashi 渡辺:watanabe 伊藤:ito 山本:yamamoto 中村:nakamura 小林:kobayashi',
    ),
    familyFirst: true,
    gap: ' ',
  },
  ar: {
    given: pairs(
      'أحمد:ahmad فاطمة:fatima يوسف:yousef ليلى:layla خالد:khaled نور:nour عمر:omar.a مريم:maryam طارق:tariq هدى:huda',
    ),
    family: pairs(
      'العلي:alali الخطيب:alkhatib حداد:haddad المصري:almasri النجار:alnajjar ' +
        'القاسم:alqasim منصور:mansour الشمري:alshammari',
    ),
  },
  hi: {
    given: pairs(
      'अमित:amit नेहा:neha राजेश:rajesh पूजा:pooja विकास:vikas कविता:kavita सुनील:sunil अनीता:anita',
    ),
    family: pairs('शर्मा:sharma वर्मा:verma सिंह:singh गुप्ता:gupta मिश्रा:mishra यादव:yadav जोशी:joshi'),
  },
  vi: {
    given: pairs(
      'Thu_Hà:thuha Quốc_Bảo:quocbao Ngọc_Lan:ngoclan Đức_Huy:duchuy Thanh_Tâm:thanhtam ' +
        'Hoàng_Long:hoanglong Mai_Phương:maiphuong Tuấn_Kiệt:tuankiet',
    ),
    family: pairs('Nguyễn:nguyen Trần:tran Lê:le Phạm:pham Hoàng:hoang Vũ:vu Đặng:dang'),
    familyFirst: true,
  },
  pl: {
    given: pairs(
      'Agnieszka Paweł:pawel Małgorzata:malgorzata Krzysztof Zofia Łukasz:lukasz Ewa Michał:michal',
    ),
    family: pairs('Wójcik Zieliński:zielinski Kamińska Lewandowska Mazur Kaczmarek Pawlak Górska'),
  },
  uk: {
    given: pairs(
      'Олена:olena Андрій:andrii Наталія:nataliia Дмитро:dmytro Ірина:iryna Тарас:taras Оксана:oksana Сергій:serhii',
    ),
    family: pairs(
      'Шевченко:shevchenko Коваленко:kovalenko Бондаренко:bondarenko Ткачук:tkachuk ' +
        'Мельник:melnyk Кравець:kravets Лисенко:lysenko',
    ),
  },
  th: {
    given: pairs(
      'สมชาย:somchai ณัฐพล:natthaphon กนกวรรณ:kanokwan ปรียา:preeya ธนา:thana อรทัย:orathai วิชัย:wichai',
    ),
    family: pairs(
      'ศรีสุข:srisuk วงศ์ไทย:wongthai ใจดี:jaidee แสงทอง:saengthong บุญมา:boonma รัตนกุล:rattanakul',
    ),
  },
  zh: {
    given: pairs(
      '伟:wei 芳:fang 志强:zhiqiang 丽华:lihua 晓明:xiaoming 雪:xue 建国:jianguo 佳怡:jiayi',
    ),
    family: pairs('王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 赵:zhao 周:zhou'),
    familyFirst: true,
    gap: '',
  },
};

const ascii = (text: string) =>
  text
    .normalize('NFD')
    .replaceAll(/[^a-zA-Z0-9.]/g, '')
    .toLowerCase();

/** A name of that language, with an ASCII handle for the address. */
export function personName(random: Random, language: Language): PersonName {
  if (language === 'en') {
    const given = pick(random, english.given);
    const family = pick(random, english.family);
    return {
      full: `${given} ${family}`,
      given,
      family,
      handle: `${ascii(given)}.${ascii(family)}`,
    };
  }
  const { given, family, familyFirst = false, gap = ' ' } = others[language];
  const [g, gLatin] = pick(random, given);
  const [f, fLatin] = pick(random, family);
  const full = familyFirst ? `${f}${gap}${g}` : `${g} ${f}`;
  return { full, given: g, family: f, handle: `${ascii(gLatin ?? g)}.${ascii(fLatin ?? f)}` };
}

/** An address that cannot reach anyone: reserved domains only. */
export function addressOf(random: Random, handle: string, taken: Set<string>): string {
  const domain = pick(random, ['example.com', 'example.org', 'example.net', 'customer.test']);
  let email = `${handle}@${domain}`;
  for (
    let n = chance(random, 0.5) ? between(random, 2, 9) : between(random, 70, 99);
    taken.has(email);
    n += 1
  )
    email = `${handle}${n}@${domain}`;
  taken.add(email);
  return email;
}
