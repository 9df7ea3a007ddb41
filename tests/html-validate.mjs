// What the pages must be as HTML; the suite's `browser/markup.rs` runs html-validate with it.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Lower case is as good.
    "doctype-style": ["error", { style: "lowercase" }],
    // Whatever may bear a name by ARIA: a list or a dialog too.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // Boxes to tick share a name as buttons to choose by do.
    "form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button", "reset"] }],
    // Lines are the templates' matter.
    "no-trailing-whitespace": "off",
    // A button in a form sends it, and a field is for text, unless they say otherwise: that is the standard.
    "no-implicit-button-type": "off",
    "no-implicit-input-type": "off",
  },
};
