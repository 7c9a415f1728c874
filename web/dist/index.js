import{f as t,h as e}from"./chunk-YPB33KOD.js";import"./chunk-SQE76S5B.js";t(document.documentElement.lang.startsWith("zh")?"zh":"en");document.querySelector(".top")?.append(e(()=>{}).button);
