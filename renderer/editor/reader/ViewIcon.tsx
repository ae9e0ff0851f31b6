import { type IconName, iconPaths } from '../views/icons.ts';

/** An icon of the text, the same in the editor and the reading page. */
export function ViewIcon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="view-icon"
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {iconPaths(name).map((path) => (
        <path key={path} d={path} />
      ))}
    </svg>
  );
}
