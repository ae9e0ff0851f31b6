import styles from './column.module.css';

/** Classes of the columns beside a page: `line`, which is shown on the page when it is chosen. */
export const columnStyles = styles;
