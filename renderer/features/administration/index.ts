export { AdministrationPage } from './AdministrationPage.tsx';
export { HistorySection } from './HistorySection.tsx';
export { IncidentsPage } from './IncidentsPage.tsx';
export { RegisterPage } from './RegisterPage.tsx';
