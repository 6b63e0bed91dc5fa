// Starts the language server: `arrears lsp`.

const { workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

function activate() {
  const command = workspace.getConfiguration("arrears").get("command");
  const server = { command, args: ["lsp"] };
  client = new LanguageClient("arrears", "arrears", server, { documentSelector: [{ language: "arrears" }] });
  return client.start();
}

function deactivate() {
  return client && client.stop();
}

module.exports = { activate, deactivate };
