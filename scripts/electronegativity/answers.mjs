/** What Doyensec's electronegativity finds in the sources, and what is to be said to each. */
export const answers = [
  {
    check: 'CSP_GLOBAL_CHECK',
    file: 'N/A',
    answer:
      'The policy is sent as a header with every file of app:// (src/main/contentSecurityPolicy.ts); the check looks for a meta element. Held by tests/e2e/security.spec.ts (E2).',
  },
  {
    check: 'AUXCLICK_JS_CHECK',
    file: 'main/window.ts',
    answer:
      'A middle click asks for a new window, and every new window is denied (src/main/security.ts). Held by tests/e2e/security.spec.ts (E3).',
  },
  {
    check: 'AUXCLICK_JS_CHECK',
    file: 'main/pdf.ts',
    answer:
      'As above; nobody can click in this window, which is never shown and lives while a report is printed.',
  },
  {
    check: 'PRELOAD_JS_CHECK',
    file: 'main/window.ts',
    answer:
      'The script hands over one message port and turns dropped files into tokens; the page sees these two functions alone. Held by tests/e2e/security.spec.ts (E1, E5).',
  },
  {
    check: 'CUSTOM_ARGUMENTS_JS_CHECK',
    file: 'main/security.ts',
    answer:
      'The switches take networking away from Chromium; host-resolver-rules makes every name unknown.',
  },
  {
    check: 'PROTOCOL_HANDLER_JS_CHECK',
    file: 'main/serveScheme.ts',
    answer:
      'app:// gives the files of the page, image:// films by their ids; both take exact addresses alone. Held by src/main/pageFile.test.ts, src/main/imageScheme.test.ts and tests/e2e/security.spec.ts (E8).',
  },
]
