import{e as t,g as e}from"./chunk-PGMEDPPU.js";import"./chunk-SQE76S5B.js";t(document.documentElement.lang.startsWith("zh")?"zh":"en");document.querySelector(".top")?.append(e(()=>{}).button);
