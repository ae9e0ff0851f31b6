export { AdministrationPage } from './AdministrationPage.tsx';
export { IncidentsPage } from './IncidentsPage.tsx';
export { RegisterPage } from './RegisterPage.tsx';
