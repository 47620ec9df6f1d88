// Addresses of this service, wherever a proxy has put it: this file lies at static/js below its root.

const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

export const at = (path) => `${root}${path}`;
