// SPDX-License-Identifier: MIT
// What only a browser knows of a page, for case-publish-browser.bats: the script of look.html, which lies beside a site.
// look.html?look=PATH&look=PATH... shows each in a frame, 1280 and 390 wide, and writes what is wrong with it into #look.
"use strict";
(() => {
	const ask = new URLSearchParams(location.search);
	const out = document.createElement("pre");
	out.id = "look";
	document.body.append(out);
	const say = (...words) => { out.textContent += `${words.join(": ")}; `; };

	// ---- contrast as WCAG 2 counts it ----

	const parse = (text) => {
		const [r, g, b, a] = text.match(/[\d.]+/g).map(Number);
		return { r, g, b, a: a === undefined ? 1 : a };
	};
	const light = ({ r, g, b }) => [r, g, b].map((n) => n / 255).map((n) => (n <= 0.04045 ? n / 12.92 : ((n + 0.055) / 1.055) ** 2.4))
		.reduce((sum, n, i) => sum + n * [0.2126, 0.7152, 0.0722][i], 0);
	const contrast = (a, b) => {
		const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
		return (x + 0.05) / (y + 0.05);
	};
	const behind = (e) => {
		for (; e; e = e.parentElement) {
			const colour = parse(getComputedStyle(e).backgroundColor);
			if (colour.a === 1)
				return colour;
		}
		return { r: 255, g: 255, b: 255, a: 1 };
	};
	const path = (e) => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ""}${e.getAttribute("class") ? `.${e.getAttribute("class")}` : ""}`;
	const seen = (e) => e.checkVisibility();

	const look = (win, wide) => {
		const doc = win.document, page = doc.documentElement;
		let texts = 0, worst = 99;
		if (page.scrollWidth > wide)
			say("wider than the window", page.scrollWidth);
		const walk = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
		for (let node = walk.nextNode(); node; node = walk.nextNode()) {
			const e = node.parentElement;
			if (!node.textContent.trim() || !seen(e) || ["SCRIPT", "NOSCRIPT", "TITLE", "DESC", "OPTION"].includes(e.tagName.toUpperCase()))
				continue;
			const style = getComputedStyle(e), size = parseFloat(style.fontSize);
			const colour = parse(e.closest("svg") ? style.fill : style.color), ratio = contrast(colour, behind(e));
			const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
			texts++;
			worst = Math.min(worst, ratio);
			if (ratio < wanted)
				say("contrast", ratio.toFixed(2), path(e), node.textContent.trim().slice(0, 20));
			if (size < 12 && !e.closest("svg"))
				say("small", size, path(e));
		}
		for (const e of doc.querySelectorAll("input, select, textarea")) {
			if (!e.labels || !e.labels.length)
				say("no label", path(e));
			if (e.placeholder && contrast(parse(getComputedStyle(e, "::placeholder").color), behind(e)) < 4.5)
				say("placeholder", path(e));
		}
		// Everything that can be reached shows that it is.
		for (const e of doc.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")) {
			if (!seen(e))
				continue;
			e.focus({ preventScroll: true, focusVisible: true });
			if (doc.activeElement !== e)
				say("cannot be reached", path(e));
			else if (getComputedStyle(e).outlineStyle === "none")
				say("focus is not shown", path(e));
		}
		// What is pressed is large enough for a finger, or stands in a line of text.
		for (const e of doc.querySelectorAll("button, input, select, summary, .pager a"))
			if (seen(e) && e.getBoundingClientRect().height < 24)
				say("too low", path(e), e.getBoundingClientRect().height);
		for (const tag of ["main", "header.site", "footer.site"])
			if (doc.querySelectorAll(tag).length !== 1)
				say("landmark", tag);
		for (const e of doc.body.children)
			if (!["HEADER", "MAIN", "FOOTER"].includes(e.tagName) && !e.classList.contains("skip") && e.id !== "look")
				say("outside of the landmarks", path(e));
		if (texts < 6 || worst < 4.5)
			say("texts", texts, "contrast", worst.toFixed(2));
		say(light(behind(doc.body)) < 0.2 ? "dark" : "light");
	};

	const show = (path, wide) => new Promise((done) => {
		const frame = document.createElement("iframe");
		frame.width = wide;
		frame.height = 2000;
		frame.addEventListener("load", () => setTimeout(() => {
			out.textContent += `${path} ${wide}: `;
			try {
				look(frame.contentWindow, wide);
			} catch (error) {
				say("failed", error.message);
			}
			out.textContent += "\n";
			frame.remove();
			done();
		}, 1000));
		frame.src = path;
		document.body.append(frame);
	});
	(async () => {
		for (const path of ask.getAll("look"))
			for (const wide of [1280, 390])
				await show(path, wide);
		out.textContent += "done\n";
	})();
})();
