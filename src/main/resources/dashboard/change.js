// What changes something, asked about once more before it is done.

import {Component, h} from './preact.js';
import {outside} from './format.js';
import {Dialog} from './panels.js';
import {ask} from './stream.js';

const NOT_ALLOWED = ['viewer', 'worker'];

export const mayChange = role => !NOT_ALLOWED.includes(role);

/** A button that asks again before it changes anything; with `needsReason` why is part of what is sent. */
export class Change extends Component {
  open = () => this.setState({isOpen: true, error: ''});

  close = () => this.setState({isOpen: false});

  act = async event => {
    event.preventDefault();
    const {path, credential, body = {}, after, needsReason} = this.props;
    const reason = event.currentTarget.elements.reason?.value.trim();
    this.setState({isBusy: true});
    try {
      const sent = needsReason ? {...body, reason} : body;
      await ask(path, credential, {method: 'POST', headers: {'content-type': 'application/json'}, body: JSON.stringify(sent)});
      this.setState({isOpen: false, isBusy: false});
      after();
    } catch (failure) {
      this.setState({error: failure.message, isBusy: false});
    }
  };

  render({word, of, says, needsReason}, {isOpen, isBusy, error}) {
    return [h('button', {key: 'button', type: 'button', onClick: this.open}, word), isOpen ? h(Dialog, {key: 'dialog', label: `${word} ${of}`, kind: 'confirm', close: this.close},
      h('form', {onSubmit: this.act}, h('h2', null, `${word}: `, h('bdi', null, of)), h('p', null, says),
        needsReason ? [h('label', {key: 'l', for: 'reason'}, 'Reason'), h('input', {key: 'i', id: 'reason', name: 'reason', required: true, pattern: '.*\\S.*', maxLength: 1000, autofocus: true, autocomplete: 'off'})] : null,
        error ? h('p', {class: 'warn', role: 'alert'}, outside(error, 200)) : null,
        h('p', null, h('button', {class: 'main', disabled: isBusy}, word), ' ', h('button', {type: 'button', onClick: this.close}, 'Leave it')))) : null];
  }
}
