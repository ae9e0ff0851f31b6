import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core';

const teal: MantineColorsTuple = [
  '#e9f4f2',
  '#d3e8e5',
  '#a9d3ce',
  '#7dbdb7',
  '#55a8a1',
  '#34928b',
  '#1d7a75',
  '#0f5e5c',
  '#0a4745',
  '#063130',
];

/** Acts are written with the tokens, so that one change of scheme changes them all. */
const variants: VariantColorsResolver = ({ variant, color, theme }) => {
  const danger = color === 'red';
  const ink = danger ? 'var(--removed)' : 'var(--accent)';
  const soft = danger ? 'var(--removed-soft)' : 'var(--accent-soft)';
  const none = { background: 'transparent', border: 'calc(0.0625rem) solid transparent' };
  void theme;
  switch (variant) {
    case 'filled':
      return {
        background: ink,
        hover: danger ? 'color-mix(in srgb, var(--removed) 88%, black)' : 'var(--accent-strong)',
        color: danger ? 'var(--paper)' : 'var(--on-accent)',
        border: 'calc(0.0625rem) solid transparent',
      };
    case 'light':
      return {
        ...none,
        background: soft,
        hover: soft,
        color: danger ? 'var(--removed)' : 'var(--accent-strong)',
      };
    case 'outline':
      return { background: 'transparent', hover: soft, color: ink, border: `calc(0.0625rem) solid ${ink}` };
    case 'default':
      return {
        background: 'var(--paper-raised)',
        hover: 'var(--paper-hover)',
        color: 'var(--ink)',
        border: 'calc(0.0625rem) solid var(--line)',
      };
    default:
      return {
        ...none,
        hover: color === 'gray' ? 'var(--paper-hover)' : soft,
        color: color === 'gray' ? 'var(--ink-2)' : ink,
      };
  }
};

/** Mantine in the clothes of the tokens. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 3 },
  colors: { teal },
  fontFamily: 'var(--font-interface)',
  fontFamilyMonospace: 'var(--font-code)',
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.125rem', xl: '1.375rem' },
  headings: { fontFamily: 'var(--font-interface)', fontWeight: '600' },
  defaultRadius: 'sm',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '14px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  variantColorResolver: variants,
  components: {
    Tooltip: {
      defaultProps: {
        openDelay: 400,
        withArrow: false,
        transitionProps: { duration: 120 },
        events: { hover: true, focus: true, touch: false },
      },
    },
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 120 },
        position: 'bottom-end',
        withinPortal: true,
        withInitialFocusPlaceholder: false,
        // Its button may be pushed out of sight by what arrives above it (a version, a notice): what was opened stays.
        hideDetached: false,
      },
    },
    Modal: {
      defaultProps: {
        centered: false,
        yOffset: '12vh',
        transitionProps: { duration: 150, transition: 'fade' },
        overlayProps: { color: 'var(--backdrop)', backgroundOpacity: 1 },
      },
    },
    Button: { defaultProps: { size: 'sm' } },
  },
});

/** What Mantine's components read, given the values of the tokens. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const scheme = {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-3)',
    '--mantine-color-placeholder': 'var(--ink-3)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--removed)',
    '--mantine-color-default': 'var(--paper-raised)',
    '--mantine-color-default-hover': 'var(--paper-hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--line)',
    '--mantine-color-disabled': 'var(--paper-active)',
    '--mantine-color-disabled-color': 'var(--ink-3)',
    '--mantine-color-disabled-border': 'var(--line)',
    '--mantine-primary-color-filled': 'var(--accent)',
    '--mantine-primary-color-filled-hover': 'var(--accent-strong)',
    '--mantine-primary-color-light': 'var(--accent-soft)',
    '--mantine-primary-color-light-hover': 'var(--accent-soft)',
    '--mantine-primary-color-light-color': 'var(--accent-strong)',
    '--mantine-primary-color-contrast': 'var(--on-accent)',
    // Items of menus take this shade by its number, in both schemes.
    '--mantine-color-red-6': 'var(--removed)',
    '--mantine-color-teal-filled': 'var(--accent)',
    '--mantine-color-teal-light': 'var(--accent-soft)',
    '--mantine-color-teal-light-color': 'var(--accent-strong)',
    '--mantine-color-teal-outline': 'var(--focus)',
    '--mantine-shadow-md': 'var(--shadow-2)',
    '--mantine-shadow-xl': 'var(--shadow-2)',
  };
  return { variables: {}, light: scheme, dark: scheme };
};
