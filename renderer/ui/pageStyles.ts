import styles from './page.module.css';

/** Classes of pages in the middle of the window: `page` or, of a carnet, a community or a person, `thing`; `title` or `name` of their first heading. */
export const pageStyles = styles;
