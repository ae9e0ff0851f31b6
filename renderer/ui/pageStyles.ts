import styles from './page.module.css';

/** Classes of pages in the middle of the window: `page` or, of a carnet, a community or a person, `thing`; `title` or `name` of their first heading; `crumb` with `crumbTitle`, the way back in their head. */
export const pageStyles = styles;
