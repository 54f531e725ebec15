import { madeQueue } from '/work/main/test/unit/waits/made-queue.ts'; import { clock } from '#test/support/profiles.ts'; import { judgeWaits } from '#server/cli/bench/waits/judge-waits.ts';
for (const [a,l,s,th,h,seed] of [[5,32,180,1200,60,2],[20,8,180,600,30,1],[3,60,150,1e9,30,1]]) {
const j=await judgeWaits(madeQueue({agents:a!,arrivalRate:1/l!,serviceRate:1/s!,abandonmentRate:1/th!,seconds:h!*3600,seed:seed!},clock('06:00')).map(event=>({branch:'h',event})));
const W=j.waits.map((w,i)=>({w,i,e:(w.said.mean-w.actual)**2})); const tot=W.reduce((s,w)=>s+w.e,0);
for(const {w,i,e} of W.toSorted((x,y)=>y.e-x.e).slice(0,8))console.log(i,(e/tot).toFixed(3),'act',w.actual.toFixed(0),'said',w.said.mean.toFixed(0),'usual',w.said.usual.toFixed(0),'ahead',w.said.ahead.toFixed(1),'ev',w.said.evidence.map(x=>x.toFixed(1)).join(' '));
console.log([...W.map(x=>x.i)].length);
for(let k=0;k<W.length;k+=Math.ceil(W.length/6)){const q=W.slice(k,k+Math.ceil(W.length/6));console.log(k,Math.sqrt(q.reduce((s,x)=>s+x.e,0)/q.length).toFixed(1),Math.sqrt(q.reduce((s,x)=>s+(x.w.guesses.les-x.w.actual)**2,0)/q.length).toFixed(1),Math.sqrt(q.reduce((s,x)=>s+(x.w.guesses.ql-x.w.actual)**2,0)/q.length).toFixed(1))}
}
