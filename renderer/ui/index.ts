export { Choice } from './Choice.tsx';
export { ColourPicker } from './ColourPicker.tsx';
export { DateText } from './DateText.tsx';
export { IconButton } from './IconButton.tsx';
export { notify, notifyProblem } from './notify.tsx';
export { hueOf, initialsOf, PersonMark, PersonStack, type NamedPerson } from './PersonMark.tsx';
export { Bar, RowSkeletons } from './Skeletons.tsx';
export { Snippet } from './Snippet.tsx';
export { StatePage } from './StatePage.tsx';
