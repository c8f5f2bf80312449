// Runs before anything is drawn: a page that was hidden stays hidden when it is loaded again.
if (localStorage.getItem("hemma.curtain") === "1") document.documentElement.dataset.curtain = "";
if (localStorage.getItem("hemma.prints") === "1") document.documentElement.dataset.prints = "";
if (localStorage.getItem("hemma.headset") === "1") document.documentElement.dataset.headset = "";
