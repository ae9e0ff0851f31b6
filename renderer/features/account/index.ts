export { AccountCard } from './AccountCard.tsx';
export { AccountSection } from './AccountSection.tsx';
export { DataSection } from './DataSection.tsx';
export { DevicesSection } from './DevicesSection.tsx';
export { CreateAccountForm } from './CreateAccountForm.tsx';
export { EmailField, PasswordField, useChecks } from './fields.tsx';
export { SignInForm } from './SignInForm.tsx';
export { StorageSection } from './StorageSection.tsx';
export { useSignInTold } from './useSignInTold.ts';
