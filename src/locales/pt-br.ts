import { registerLocale } from './registry.js';
import type { Strings } from './strings.js';

export const ptBR = {
  label: 'Assistente de voz',
  states: {
    idle: 'Pronto',
    connecting: 'Conectando…',
    listening: 'Ouvindo',
    thinking: 'Pensando…',
    speaking: 'Falando',
    reconnecting: 'Reconectando…',
  },
  weakConnection: 'Conexão fraca',
  yourTurn: 'Sua vez',
  youAreMuted: 'Microfone silenciado',
  ended: 'Chamada encerrada',
  endReasons: {
    idle: 'Ninguém falava.',
    'max-duration': 'O limite de tempo foi atingido.',
    'page-hidden': 'Você saiu da página.',
    remote: 'O assistente encerrou a chamada.',
  },
  disclosure: 'Você vai falar com um assistente de IA. O microfone só é usado durante a chamada.',
  askingMicrophone: {
    sentence: 'Permita o microfone',
    fix: 'Escolha “Permitir” no navegador.',
  },
  start: 'Falar',
  startAgain: 'Começar de novo',
  tryAgain: 'Tentar de novo',
  continueByTyping: 'Digitar',
  end: 'Encerrar',
  cancel: 'Cancelar',
  mute: 'Silenciar',
  unmute: 'Ativar microfone',
  turnOnMicrophone: 'Ativar microfone',
  microphoneOn: 'Microfone ativado',
  microphoneMuted: 'Microfone silenciado',
  interrupt: 'Interromper',
  holdToTalk: 'Segure para falar',
  releaseToSend: 'Solte para enviar',
  tapToSend: 'Toque para enviar',
  level: 'Volume',
  levelQuiet: 'Silêncio',
  conversation: 'Conversa',
  copy: 'Copiar',
  copied: 'Copiado',
  notCopied: 'Não copiado',
  download: 'Baixar',
  you: 'Você',
  assistant: 'Assistente',
  cutOff: 'interrompido',
  notTranscribed: 'não transcrito',
  notSent: 'não enviado',
  message: 'Mensagem',
  typeInstead: 'Digitar…',
  send: 'Enviar',
  toolRunning: (name) => `Em andamento: ${name}`,
  accept: 'Aceitar',
  decline: 'Recusar',
  close: 'Fechar',
  settings: 'Configurações',
  microphone: 'Microfone',
  speaker: 'Alto-falante',
  systemDefault: 'Padrão do sistema',
  volume: 'Volume',
  captions: 'Legendas',
  largeCaptions: 'Legendas grandes',
  consent: {
    sentence: 'Antes da chamada',
    fix: 'Você vai falar com um assistente de IA. Sua voz e suas palavras são enviadas ao serviço que o opera.',
  },
  stillHere: 'Estou aqui',
  tapToHear: 'Toque para ouvir',
  warnings: {
    idle: (when) => `Você está aí? A chamada termina ${when}.`,
    'max-duration': (when) => `O limite de tempo será atingido ${when}.`,
    'playback-blocked': () => 'O navegador bloqueou o som.',
    'microphone-silent': () => 'O microfone está sem som. Verifique se está ativado.',
    'microphone-interrupted': () => 'Outra chamada ou aplicativo usa o microfone.',
    'muted-speech': () => 'Você está falando com o microfone silenciado.',
  },
  errors: {
    unsupported: {
      sentence: 'O navegador não permite chamadas',
      fix: 'Abra a página no Chrome, Firefox ou Safari.',
    },
    'insecure-context': {
      sentence: 'Esta página não é segura',
      fix: 'Abra a página com https.',
    },
    configuration: {
      sentence: 'O assistente de voz não está configurado',
      fix: 'Avise o responsável pelo site.',
    },
    'microphone-denied': {
      sentence: 'O microfone está bloqueado',
      fix: 'Permita o microfone ao lado do endereço e tente de novo.',
    },
    'microphone-dismissed': {
      sentence: 'O microfone não está permitido',
      fix: 'Tente de novo e escolha “Permitir”.',
    },
    'microphone-missing': {
      sentence: 'O microfone não foi encontrado',
      fix: 'Conecte um microfone e tente de novo.',
    },
    'microphone-busy': {
      sentence: 'O microfone está em uso',
      fix: 'Feche outras chamadas ou aplicativos e tente de novo.',
    },
    'microphone-blocked': {
      sentence: 'Esta página não pode usar o microfone',
      fix: 'Abra a página em outra guia.',
    },
    'microphone-lost': {
      sentence: 'O microfone está desconectado',
      fix: 'Conecte o microfone e tente de novo.',
    },
    'token-failed': {
      sentence: 'A chamada não foi preparada',
      fix: 'Espere um momento e tente de novo.',
    },
    'token-unauthorized': {
      sentence: 'A chamada não foi permitida',
      fix: 'Faça login e tente de novo.',
    },
    'rate-limited': {
      sentence: 'Há muitas chamadas no momento',
      fix: 'Espere um minuto e tente de novo.',
    },
    'signaling-failed': {
      sentence: 'A chamada não foi atendida',
      fix: 'Espere um momento e tente de novo.',
    },
    'connection-failed': {
      sentence: 'Não foi possível conectar',
      fix: 'Verifique a internet, o firewall e a VPN ou tente outra rede.',
    },
    'connection-lost': {
      sentence: 'Conexão perdida',
      fix: 'Verifique a internet e tente de novo.',
    },
    'session-expired': {
      sentence: 'O limite de tempo foi atingido',
      fix: 'Tente de novo.',
    },
    'quota-exceeded': {
      sentence: 'Não há mais chamadas no momento',
      fix: 'Tente mais tarde ou avise o responsável pelo site.',
    },
    'server-error': {
      sentence: 'O assistente de voz tem um problema',
      fix: 'Espere um momento e tente de novo.',
    },
  },
} as const satisfies Strings;

registerLocale('pt-BR', ptBR);
// A page that says only "pt" has no other Portuguese to fall back to.
registerLocale('pt', ptBR);
