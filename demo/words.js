/* The words of the shop on the card. A site writes its own; the rest is in the language file of the element. */

const voice = document.querySelector('#voice');
/** The practice server knows these questions in English only. A model is asked in the language of the visitor. */
const isPractice = !document.querySelector('#practice').hidden;

const ENGLISH = {
  label: voice.label,
  greeting: voice.greeting,
  handover: voice.handoverLabel,
  starters: ['Show me the rust one', 'What does it cost?', 'Can you mend my chair?'],
};

const WORDS = {
  ar: {
    label: 'اسأل Fern & Co.',
    greeting: 'اسأل عن الكرسي، صوتًا أو كتابةً.',
    handover: 'تحدث مع الورشة',
    starters: ['أرني الكرسي بلون الصدأ', 'كم سعره؟', 'هل تصلحون كرسيي؟'],
  },
  de: {
    label: 'Fragen Sie Fern & Co.',
    greeting: 'Fragen Sie zum Sessel, gesprochen oder getippt.',
    handover: 'Mit der Werkstatt sprechen',
    starters: ['Zeigen Sie mir den rostroten', 'Was kostet er?', 'Reparieren Sie meinen Sessel?'],
  },
  es: {
    label: 'Pregunte a Fern & Co.',
    greeting: 'Pregunte por el sillón, de viva voz o por escrito.',
    handover: 'Hablar con el taller',
    starters: ['Enséñeme el de color óxido', '¿Cuánto cuesta?', '¿Pueden arreglar mi silla?'],
  },
  fr: {
    label: 'Demandez à Fern & Co.',
    greeting: 'Une question sur le fauteuil ? Parlez ou écrivez.',
    handover: 'Parler à l’atelier',
    starters: ['Montrez-moi le rouille', 'Combien coûte-t-il ?', 'Pouvez-vous réparer ma chaise ?'],
  },
  it: {
    label: 'Chieda a Fern & Co.',
    greeting: 'Chieda della poltrona, a voce o per iscritto.',
    handover: 'Parlare con il laboratorio',
    starters: ['Mi mostri quella color ruggine', 'Quanto costa?', 'Potete riparare la mia sedia?'],
  },
  ja: {
    label: 'Fern & Co. に聞く',
    greeting: 'アームチェアについて、声でも文字でもどうぞ。',
    handover: '工房と話す',
    starters: ['さび色を見せてください', 'いくらですか？', '椅子を修理できますか？'],
  },
  nl: {
    label: 'Vraag het Fern & Co.',
    greeting: 'Vraag naar de fauteuil, pratend of typend.',
    handover: 'Met de werkplaats praten',
    starters: ['Laat me de roestkleurige zien', 'Wat kost hij?', 'Kunnen jullie mijn stoel repareren?'],
  },
  pl: {
    label: 'Zapytaj Fern & Co.',
    greeting: 'Zapytaj o fotel, głosem lub na piśmie.',
    handover: 'Porozmawiaj z warsztatem',
    starters: ['Pokaż mi rdzawy', 'Ile kosztuje?', 'Czy naprawicie moje krzesło?'],
  },
  'pt-BR': {
    label: 'Pergunte à Fern & Co.',
    greeting: 'Pergunte sobre a poltrona, falando ou digitando.',
    handover: 'Falar com a oficina',
    starters: ['Mostre a cor de ferrugem', 'Quanto custa?', 'Vocês consertam a minha cadeira?'],
  },
  tr: {
    label: 'Fern & Co.’ya sorun',
    greeting: 'Koltuğu sorun, konuşarak veya yazarak.',
    handover: 'Atölyeyle konuşun',
    starters: ['Pas rengini gösterin', 'Fiyatı ne kadar?', 'Sandalyemi onarır mısınız?'],
  },
  'zh-CN': {
    label: '咨询 Fern & Co.',
    greeting: '关于扶手椅，说话或打字都可以。',
    handover: '联系工坊',
    starters: ['给我看看铁锈色的', '多少钱？', '能修我的椅子吗？'],
  },
};

/** Puts the words of the shop on the card, in this language where they are known. */
export function showWords(code) {
  const { label, greeting, handover, starters } = WORDS[code] ?? ENGLISH;
  Object.assign(voice, {
    label,
    greeting,
    handoverLabel: handover,
    starters: starters.map((words, index) => ({ label: words, text: isPractice ? ENGLISH.starters[index] : words })),
  });
}
