export { AdministrationPage } from './AdministrationPage.tsx';
export { RegisterPage } from './RegisterPage.tsx';
