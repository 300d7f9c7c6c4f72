// Sends the one form of the page to the EHR. Without this file a person presses the button.
"use strict";
document.querySelector("form[data-autosubmit]")?.requestSubmit();
