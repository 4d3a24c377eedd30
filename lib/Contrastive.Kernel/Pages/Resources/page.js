// Formulas: Markdown left them as \(...\) and \[...\]. MathML needs neither fonts nor styles.
for (const element of document.querySelectorAll('.math')) {
  const text = element.textContent.trim();
  const display = text.startsWith('\\[') || text.startsWith('$$') || element.tagName === 'DIV' || element.classList.contains('display');
  const formula = text.replace(/^(\\\[|\\\(|\${1,2})/, '').replace(/(\\\]|\\\)|\${1,2})$/, '');
  katex.render(formula, element, { displayMode: display, output: 'mathml', throwOnError: false, strict: 'ignore' });
}
