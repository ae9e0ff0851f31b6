/** The style of an EPUB: as little as its content needs, since letters, sizes and colours are the reader's to choose. */
export const epubStyle = `
body{margin:0 5%;line-height:1.5;hyphens:auto;-webkit-hyphens:auto;overflow-wrap:break-word}
h1,h2,h3,h4,h5,h6{line-height:1.2;hyphens:none;-webkit-hyphens:none;text-align:left;break-after:avoid;page-break-after:avoid;margin:1.6em 0 .5em}
h1{font-size:1.7em;margin-top:2em}h2{font-size:1.35em}h3{font-size:1.15em}h4,h5,h6{font-size:1em}
p{margin:0;orphans:2;widows:2}p + p{text-indent:1.3em}
li > p + p,td p + p,th p + p,aside p + p,figcaption + p{text-indent:0}
.about{font-size:.85em;margin-bottom:2em;text-indent:0}
.note-sheet{margin:0 0 1.5em;padding:.6em 0;border-top:1px solid;border-bottom:1px solid}.sheet-definition{font-size:1.1em;white-space:pre-line}.note-sheet dl{margin:.6em 0 0}.note-sheet dl > div{margin:.3em 0}.note-sheet dt{font-size:.85em}.note-sheet dd{margin:0}
.title-page{margin-top:25%;text-align:left}.title-page h1{font-size:2.2em;margin:.3em 0}.title-page p{text-indent:0;margin:.8em 0;white-space:pre-line}
ul,ol{padding-left:1.4em;margin:.7em 0}
.task-list{list-style:none;padding-left:0}.task-item{display:flex;gap:.6em}
.task-box{flex:none;width:.75em;height:.75em;margin-top:.35em;border:1px solid currentColor}.task-done > .task-box{background:currentColor}
blockquote{margin:.8em 0;padding-left:1em;border-left:2px solid}
.callout{margin:1em 0;padding:.6em 1em;border:1px solid;border-left-width:4px}.callout-label{font-weight:bold;font-size:.85em}
.callout-citation{font-style:italic}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85em;margin:.8em 0;padding:.6em .8em;border:1px solid}
code{font-size:.9em;hyphens:none}
table{border-collapse:collapse;width:100%;font-size:.9em;margin:.8em 0}th,td{border:1px solid;padding:.3em .5em;text-align:left;vertical-align:top}
figure{margin:1.2em 0;break-inside:avoid}img,video{max-width:100%;height:auto}audio{width:100%}
figcaption{font-size:.85em;margin-top:.4em}.caption-number{font-weight:bold}
.align-center{text-align:center}.align-right{text-align:right}.align-justify{text-align:justify}
.math-block{margin:.8em 0;text-align:center}.equation-number{float:right}
.page-break{break-after:page;page-break-after:always}
.end-notes{margin-top:2em;border-top:1px solid;padding-top:.6em;font-size:.85em}.end-notes-label{font-weight:bold}.end-notes ol{list-style:none;padding:0}
sup,sub{line-height:0}mark{background:none;text-decoration:underline}
.missing-media,.hidden-note,.missing-reference{font-style:italic}
nav ol{list-style:none;padding-left:1.2em}nav > ol{padding-left:0}
`;
