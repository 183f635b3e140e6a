/** The style sheet of a report page: light and dark, screen and paper. */
import { chartRules, dark, light, variables } from '../chart/palette.ts';

/** A shade at the side where something is scrolled out of sight: covers that move with the content lie over shades that stay. */
export const scrollHint = [
  `background-image:${['right', 'left'].map((to) => `linear-gradient(to ${to},var(--card) 40%,transparent)`).join()},${['right', 'left'].map((to) => `linear-gradient(to ${to},color-mix(in srgb,var(--ink) 24%,transparent),transparent)`).join()}`,
  'background-position:left,right,left,right',
  'background-size:34px 100%,34px 100%,12px 100%,12px 100%',
  'background-repeat:no-repeat',
  'background-attachment:local,local,scroll,scroll',
].join(';');

export const pageStyle = `
:root{color-scheme:light dark;${variables(light)}}
@media(prefers-color-scheme:dark){:root{${variables(dark)}}}
*{box-sizing:border-box}[hidden]{display:none!important}
html{scroll-behavior:smooth;scroll-padding-top:56px}
body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
main,.top,nav ul{max-width:1180px;margin:0 auto;padding:0 20px}
.top{padding-top:28px;padding-bottom:6px}
h1{font-size:26px;line-height:1.2;margin:0 0 4px;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{font-size:17px;margin:34px 0 12px;font-weight:650}
h3{font-size:13.5px;margin:0;font-weight:600}
p{margin:0 0 8px}
a{color:var(--accent)}
.soft,figcaption .soft{color:var(--soft)}
.small{font-size:12.5px}
.badge{display:inline-block;font-size:11px;font-weight:700;letter-spacing:.06em;padding:2px 8px;border-radius:4px;background:var(--warn-bg);color:var(--warn);border:1px solid currentColor;vertical-align:4px;margin-left:8px}
.chips{display:flex;flex-wrap:wrap;gap:6px;margin:10px 0 0;padding:0;list-style:none}
.chips li{background:var(--card);border:1px solid var(--line);border-radius:5px;padding:1px 8px;font-size:12.5px}
nav{position:sticky;top:0;z-index:5;background:var(--bg);border-bottom:1px solid var(--line);margin-top:14px}
nav ul{display:flex;gap:18px;list-style:none;overflow-x:auto;margin:0 auto}
nav a{display:block;padding:9px 0;color:var(--soft);text-decoration:none;white-space:nowrap;font-size:13px}
nav a:hover{color:var(--ink)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:10px;margin:20px 0 0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:11px 14px}
.tile dt{color:var(--soft);font-size:12.5px}
.tile dd{margin:1px 0 0;font-size:21px;font-weight:620;letter-spacing:-.01em;overflow-wrap:anywhere}
.tile dd.words{font-size:16px;line-height:1.35}
.tile dd small{display:block;font-size:12px;font-weight:400;color:var(--soft);letter-spacing:0}
dl{margin:0}
.gain{color:var(--gain)}.loss{color:var(--loss)}
.notices{margin:16px 0 0;padding:10px 16px 10px 32px;background:var(--warn-bg);border-left:3px solid var(--warn);border-radius:4px}
.notices li{margin:2px 0}
.card{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:14px 16px;margin:0 0 14px;min-width:0}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,470px),1fr));gap:14px}
.pair .card{margin:0}.pair .plot{overflow-x:auto}.pair .plot svg{min-width:440px}.pair{margin-bottom:14px}
figure figcaption{display:flex;flex-wrap:wrap;align-items:baseline;gap:4px 14px;margin-bottom:6px}
figure .tools{margin-left:auto;display:flex;flex-wrap:wrap;gap:4px;align-items:center}
.legend{display:inline-flex;gap:12px;font-size:12px;color:var(--soft)}
.legend i{display:inline-block;width:14px;height:3px;border-radius:2px;margin-right:5px;vertical-align:3px;background:currentColor}
button,select,input{font:inherit;font-size:12.5px;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:5px;padding:2px 9px}
button{cursor:pointer}button:hover{border-color:var(--muted)}
button[aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--card)}
button:disabled{opacity:.45;cursor:default}
:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.plot{position:relative;touch-action:pan-y;cursor:crosshair;user-select:none}
.plot svg{display:block;width:100%;height:auto;overflow:visible}
.tip{position:absolute;top:6px;pointer-events:none;background:var(--card);border:1px solid var(--line);border-radius:6px;padding:5px 9px;font-size:12px;white-space:nowrap;box-shadow:0 3px 12px rgb(0 0 0/.13);z-index:2}
.tip b{display:block;font-weight:600}
.tip i{font-style:normal;float:right;margin-left:14px}
.cross{position:absolute;top:10px;bottom:24px;width:1px;background:var(--muted);pointer-events:none}
.brush{position:absolute;top:10px;bottom:24px;background:var(--accent);opacity:.13;pointer-events:none}
${chartRules}
.scroll{overflow-x:auto;${scrollHint}}
table{border-collapse:collapse;width:100%;font-size:13px}
caption{text-align:left;font-weight:600;padding:0 0 6px}
th,td{padding:4px 9px;text-align:right;border-bottom:1px solid var(--grid);white-space:nowrap}
th{font-weight:600;color:var(--soft);font-size:12.5px}
td.text,th.text,tbody th{text-align:left}
tbody th{font-weight:400;color:var(--ink)}
tbody tr:hover{background:var(--shade)}
.heat td{text-align:center;padding:5px 4px;border:2px solid var(--card);border-radius:5px;min-width:46px;background:color-mix(in srgb,var(--tone,transparent) var(--v,0%),transparent)}
.heat td.up{--tone:var(--gain)}.heat td.down{--tone:var(--loss)}
.heat td.total{font-weight:620}.heat th{text-align:center}
.trades td{font-size:12.5px}
.trades th{padding:0;vertical-align:bottom}
.trades th button{all:unset;cursor:pointer;display:block;padding:4px 9px;text-align:right;width:100%;box-sizing:border-box}
.trades th button:focus-visible{outline:2px solid var(--accent)}
.trades th[aria-sort=ascending] button::after{content:" \\25B4"}.trades th[aria-sort=descending] button::after{content:" \\25BE"}
.trades tbody tr{cursor:pointer}
.trades :is(td,th):is(:nth-child(2),:nth-child(3),:nth-child(4),:nth-child(5),:last-child),.trades th:is(:nth-child(2),:nth-child(3),:nth-child(4),:nth-child(5),:last-child) button{text-align:left}
.bar-row{display:flex;gap:8px;flex-wrap:wrap;align-items:center;margin-bottom:10px}
.bar-row .end{margin-left:auto}
.meter{display:block;height:8px;border-radius:4px;background:var(--accent);min-width:1px}
.groups{columns:3 320px;column-gap:14px}.groups .card{break-inside:avoid}
.wrap :is(td,th),.groups th{white-space:normal}.wrap td{overflow-wrap:anywhere}
abbr{text-decoration:none;border-bottom:1px dotted var(--muted);cursor:help}
.insight{border-left:3px solid var(--muted);padding:1px 0 1px 14px;margin:0 0 16px}
.insight.critical{border-color:var(--loss)}.insight.caution{border-color:var(--warn)}.insight.good{border-color:var(--gain)}
.insight .next{margin:4px 0 3px}.next code{display:block;padding:6px 10px}.insight p{margin:0 0 4px}.insight:last-child{margin:0}.insight summary{cursor:pointer;width:max-content}.commentary{margin:18px 2px 0;max-width:88ch;font-size:15px}
.insight h3 .kind{font-weight:400;color:var(--soft);font-size:12px;margin-left:6px}
code,pre{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
code{background:var(--shade);border-radius:4px;padding:2px 6px;overflow-wrap:anywhere}
pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;max-height:420px;overflow:auto}
footer{color:var(--soft);font-size:12.5px;padding:24px 0 40px}
@media print{nav,.tools,.bar-row{display:none}body{background:#fff}.card,.tile{break-inside:avoid}}
`
  .trim()
  .replaceAll('\n', '');
