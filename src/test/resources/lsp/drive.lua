-- Drives the language server through Neovim's own client and writes what it saw as JSON.
-- SKEIN_LSP_PLAN names a JSON file: cmd, root, file, out.
local plan = vim.fn.json_decode(table.concat(vim.fn.readfile(vim.env.SKEIN_LSP_PLAN), '\n'))
local seen = { messages = {} }
local DEADLINE = (plan.deadline or 90000)

local function finish(code)
  vim.fn.writefile({ vim.fn.json_encode(seen) }, plan.out)
  vim.cmd('cquit ' .. code)
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(0, method, params, 20000) or {}
  for _, answer in pairs(answers) do
    if answer.err then table.insert(seen.messages, method .. ': ' .. vim.inspect(answer.err)) end
    return answer.result
  end
end

-- Asks again until the answer is right: the index is being built meanwhile, and answers from what there is.
local function ask_until(method, params, right)
  local last
  local found = vim.wait(DEADLINE, function()
    last = ask(method, params)
    return last ~= nil and last ~= vim.NIL and right(last)
  end, 200)
  if not found then
    table.insert(seen.messages, method .. ' never came right: ' .. vim.inspect(last))
  end
  return last
end

local function some(list) return #list > 0 end

local function several(list) return #list > 1 end

local function none(list) return #list == 0 end

local function at(needle, offset)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(needle, 1, true)
    if column then
      return {
        textDocument = vim.lsp.util.make_text_document_params(),
        position = { line = number - 1, character = column - 1 + (offset or 0) },
      }
    end
  end
  error('no ' .. needle .. ' in the buffer')
end

local function run()
  local client = vim.lsp.start_client({
    name = 'skein',
    cmd = plan.cmd,
    root_dir = plan.root,
    workspace_folders = { { uri = vim.uri_from_fname(plan.root), name = 'root' } },
    handlers = {
      ['window/showMessage'] = function(_, result) table.insert(seen.messages, result.message) end,
      ['textDocument/publishDiagnostics'] = function(_, result) seen.faults = result.diagnostics end,
    },
  })
  vim.cmd('edit ' .. vim.fn.fnameescape(plan.file))
  vim.lsp.buf_attach_client(0, client)
  assert(vim.wait(DEADLINE, function() return vim.lsp.buf_get_clients(0)[client] ~= nil end, 50), 'no server')

  seen.on_disk = ask_until('workspace/symbol', { query = 'Greeter' }, several)
  local params = { textDocument = vim.lsp.util.make_text_document_params() }
  seen.outline = ask_until('textDocument/documentSymbol', params, some)
  seen.definition = ask_until('textDocument/definition', at('Greeter greeter', 1), some)
  seen.hover = ask_until('textDocument/hover', at('greet("', 1), function(hover) return hover.contents ~= nil end)
  local references = at('Greeter greeter', 1)
  references.context = { includeDeclaration = true }
  seen.references = ask_until('textDocument/references', references, some)

  vim.api.nvim_buf_set_lines(0, -2, -2, false, { '    int freshlyTyped() { return 1; }' })
  seen.unsaved = ask_until('workspace/symbol', { query = 'freshlyTyped' }, some)
  vim.api.nvim_buf_set_lines(0, -2, -2, false, { '    int broken( { return 1; }' })
  vim.wait(DEADLINE, function() return #(seen.faults or {}) > 0 end, 50)
  seen.faults_when_broken = seen.faults

  vim.cmd('split ' .. vim.fn.fnameescape(plan.other))
  vim.lsp.buf_attach_client(0, client)
  vim.cmd('bdelete! ' .. vim.fn.bufnr(plan.file))
  seen.closed = ask_until('workspace/symbol', { query = 'freshlyTyped' }, none)
  vim.lsp.stop_client(client)
  seen.stopped = vim.wait(10000, function() return vim.lsp.client_is_stopped(client) end, 50)
end

local ok, failure = pcall(run)
if not ok then table.insert(seen.messages, tostring(failure)) end
finish(ok and 0 or 1)
