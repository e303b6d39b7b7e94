import { registerLocale } from './registry.js';
import type { Strings } from './strings.js';

export const zhCN = {
  label: '语音助手',
  states: {
    idle: '可以开始通话',
    connecting: '正在连接…',
    listening: '正在聆听',
    thinking: '正在思考…',
    speaking: '正在讲话',
    reconnecting: '正在重新连接…',
  },
  weakConnection: '网络连接较弱',
  yourTurn: '请您讲话',
  youAreMuted: '您已静音',
  ended: '通话已结束',
  endReasons: {
    idle: '无人讲话。',
    'max-duration': '已达到时长上限。',
    'page-hidden': '您离开了页面。',
    remote: '助手结束了通话。',
  },
  disclosure: '您将与 AI 助手通话。麦克风仅在通话期间使用。',
  askingMicrophone: {
    sentence: '请允许使用麦克风',
    fix: '请在浏览器中选择“允许”。',
  },
  start: '开始通话',
  startAgain: '重新开始',
  tryAgain: '重试',
  continueByTyping: '改用文字继续',
  end: '结束',
  cancel: '取消',
  mute: '静音',
  unmute: '取消静音',
  turnOnMicrophone: '打开麦克风',
  microphoneOn: '麦克风已打开',
  microphoneMuted: '麦克风已静音',
  interrupt: '打断',
  holdToTalk: '按住讲话',
  releaseToSend: '松开发送',
  tapToSend: '再次点按发送',
  level: '音量级别',
  levelQuiet: '安静',
  conversation: '对话',
  copy: '复制',
  copied: '已复制',
  notCopied: '未复制',
  download: '下载',
  you: '您',
  assistant: '助手',
  cutOff: '被打断',
  notTranscribed: '未能转为文字',
  notSent: '未发送',
  message: '消息',
  typeInstead: '改为打字…',
  send: '发送',
  toolRunning: (name) => `正在处理：${name}`,
  accept: '接受',
  decline: '拒绝',
  close: '关闭',
  settings: '设置',
  microphone: '麦克风',
  speaker: '扬声器',
  systemDefault: '系统默认',
  volume: '音量',
  captions: '字幕',
  largeCaptions: '大号字幕',
  consent: {
    sentence: '开始之前',
    fix: '您将与 AI 助手通话。您的声音和话语会发送给运行该助手的服务。',
  },
  stillHere: '我还在',
  tapToHear: '点按收听',
  warnings: {
    idle: (when) => `您还在吗？通话将在${when}结束。`,
    'max-duration': (when) => `通话将在${when}达到时长上限。`,
    'playback-blocked': () => '浏览器暂未播放声音。',
    'microphone-silent': () => '麦克风没有声音。请检查麦克风是否已打开。',
    'microphone-interrupted': () => '其他通话或应用暂停了麦克风。',
    'muted-speech': () => '您正在静音状态下讲话。',
  },
  errors: {
    unsupported: {
      sentence: '此浏览器无法进行语音通话',
      fix: '请使用较新的浏览器打开此页面，例如 Chrome、Firefox 或 Safari。',
    },
    'insecure-context': {
      sentence: '此页面不安全',
      fix: '请通过 https 地址打开此页面。',
    },
    configuration: {
      sentence: '此页面未设置语音助手',
      fix: '请告知网站所有者。',
    },
    'microphone-denied': {
      sentence: '麦克风已被屏蔽',
      fix: '请点击地址旁的图标，允许使用麦克风，然后重试。',
    },
    'microphone-dismissed': {
      sentence: '未允许使用麦克风',
      fix: '请重试，并在浏览器中选择“允许”。',
    },
    'microphone-missing': {
      sentence: '未找到麦克风',
      fix: '请连接麦克风，然后重试。',
    },
    'microphone-busy': {
      sentence: '麦克风正在使用中',
      fix: '请关闭其他通话或应用，然后重试。',
    },
    'microphone-blocked': {
      sentence: '此页面不能使用麦克风',
      fix: '请在单独的标签页中打开此页面。',
    },
    'microphone-lost': {
      sentence: '麦克风已断开',
      fix: '请重新连接麦克风，然后重试。',
    },
    'token-failed': {
      sentence: '无法准备通话',
      fix: '请稍等片刻，然后重试。',
    },
    'token-unauthorized': {
      sentence: '您无权进行此通话',
      fix: '请登录此网站，然后重试。',
    },
    'rate-limited': {
      sentence: '当前通话过多',
      fix: '请等待一分钟，然后重试。',
    },
    'signaling-failed': {
      sentence: '通话无人应答',
      fix: '请稍等片刻，然后重试。',
    },
    'connection-failed': {
      sentence: '无法建立连接',
      fix: '请检查网络连接。防火墙或 VPN 可能会阻止通话：请换一个网络。',
    },
    'connection-lost': {
      sentence: '连接已断开',
      fix: '请检查网络连接，然后重试。',
    },
    'session-expired': {
      sentence: '通话已达到时长上限',
      fix: '请重试以开始新的通话。',
    },
    'quota-exceeded': {
      sentence: '目前无法再进行通话',
      fix: '请稍后重试，或告知网站所有者。',
    },
    'server-error': {
      sentence: '语音服务出现问题',
      fix: '请稍等片刻，然后重试。',
    },
  },
} as const satisfies Strings;

registerLocale('zh-CN', zhCN);
// A page that says only "zh" has no other Chinese to fall back to.
registerLocale('zh', zhCN);
