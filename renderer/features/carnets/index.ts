export { AddToCarnetDialog } from './AddToCarnetDialog.tsx';
export { CarnetNav } from './CarnetNav.tsx';
export { NewCarnetDialog } from './NewCarnetDialog.tsx';
export { readFind } from './carnetFind.ts';
