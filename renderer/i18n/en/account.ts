import type { account as french } from '../fr/account.ts';
import type { Translation } from '../Translation.ts';

export const account = {
  email: 'E-mail',
  password: 'Password',
  newPassword: 'New password',
  passwordHint: 'At least {{min}} characters. A few words in a row are easy to remember.',
  showPassword: 'Show the password',
  checks: {
    name: 'Say your name.',
    email: 'Write a whole e-mail address, such as camille@example.org.',
    password: 'Write your password.',
    short: 'Choose at least {{min}} characters.',
  },
  signIn: {
    title: 'Sign in',
    welcome: 'Welcome to Calepin',
    act: 'Sign in',
    forgotten: 'Forgotten password',
    noAccount:
      'No account yet? Open the invitation link that you were sent, or ask for one from the person who runs this Calepin.',
  },
  create: {
    title: 'Create my account',
    act: 'Create my account',
    emailHint: 'To sign in, and to get your account back. Others do not see it.',
    keeps: 'You stay the same person: your notes and what you wrote go with you.',
    has: 'You are signed in as {{name}}, with an account. There is nothing to do here.',
    haveOne: 'I already have an account',
  },
  forgot: {
    title: 'Forgotten password',
    text: 'Say your address. You will receive a link to choose a new password.',
    textByHand:
      'Say your address. This Calepin sends no e-mail: the person who runs it will find the link and give it to you.',
    act: 'Ask for the link',
    sentTitle: 'Look at your e-mail',
    sent: 'If {{email}} has an account and was confirmed, a link is on its way. It is good for one hour. Look in the spam folder too.',
    sentTitleByHand: 'It is asked for',
    sentByHand:
      'If {{email}} has an account and was confirmed, the person who runs this Calepin now has a link for you. It is good for one hour.',
    back: 'Back to signing in',
  },
  recover: {
    title: 'New password',
    text: 'Devices where you are signed in will have to sign in again.',
    act: 'Change the password',
    doneTitle: 'Your password is changed',
    done: 'Sign in with the new one.',
    noSecret: 'This link is incomplete. Open the whole of it, or ask for another.',
    again: 'Ask for another link',
  },
  verify: {
    working: 'Confirming your address',
    doneTitle: 'Your address is confirmed',
    done: 'You can get your account back with {{email}}.',
    failedTitle: 'The address could not be confirmed',
    failed: 'This link is too old, or it is that of another account. The settings can send another.',
    signInFirst: 'Sign in to confirm your address',
    toNotes: 'Go to my notes',
  },
  organisation: {
    signIn: 'Sign in with {{name}}',
    failed: 'Signing in by your organisation did not work. Try again, or sign in another way.',
    notLinked:
      'This address already has an account here, and is not confirmed on both sides. Sign in with your password, then confirm your address.',
  },
  passkeys: {
    title: 'Passkeys',
    hint: 'Your fingerprint, your face or the code of your device, instead of the password.',
    add: 'Add a passkey',
    added: 'The passkey is added.',
    on: 'Added on {{date}}',
    remove: 'Remove',
    removeLabel: 'Remove the passkey “{{name}}”',
    removed: 'The passkey is removed: it serves no more here.',
    stopped: 'Nothing was added: the request was closed, or this device has a key here already.',
    signIn: 'Sign in with a passkey',
    signInStopped: 'The request was closed. Try again, or use your password.',
  },
  devices: {
    title: 'Devices signed in',
    on: '{{browser}} on {{system}}',
    unknown: 'Unknown device',
    here: 'This device',
    seen: 'Seen',
    end: 'Sign out',
    endLabel: 'Sign out {{name}}',
    ended: 'This device is signed out. What was written there and not sent yet stays there.',
    everywhere: 'Sign out everywhere',
    everywhereHint: 'On all your devices, this one too. Useful when one of them is lost.',
  },
  settings: {
    title: 'Account',
    confirmed: 'Address confirmed',
    unconfirmed:
      'Address to confirm: a link was sent to you. Without that, a forgotten password cannot be changed by e-mail.',
    unconfirmedByHand:
      'Address to confirm: the person who runs this Calepin has a link to give you. Without that, a forgotten password cannot be changed.',
    again: 'Send another link',
    sent: 'A link is on its way.',
    sentByHand: 'The person who runs this Calepin has a new link for you.',
    guest:
      'You came in by a link, in this browser only. With an account you can come back from anywhere, and stay the same person.',
    signOut: 'Sign out',
    signOutHint: 'On this device only.',
  },
} as const satisfies Translation<typeof french>;
