import {
  BulletList as TiptapBulletList,
  ListItem as TiptapListItem,
  OrderedList as TiptapOrderedList,
  TaskItem as TiptapTaskItem,
  TaskList as TiptapTaskList,
} from '@tiptap/extension-list';
import { flag, inherited, nullable, oneOf, wholeNumber } from '../attributes.ts';
import { convertList } from '../convertList.ts';

export const BulletList = TiptapBulletList.extend({
  content: 'listItem*',
  addCommands() {
    const parent = this.parent?.();
    return {
      ...parent,
      toggleBulletList: () => (props) =>
        convertList(props, 'bulletList', 'listItem') || (parent?.toggleBulletList?.()(props) ?? false),
    };
  },
});

export const OrderedList = TiptapOrderedList.extend({
  content: 'listItem*',
  addCommands() {
    const parent = this.parent?.();
    return {
      ...parent,
      toggleOrderedList: () => (props) =>
        convertList(props, 'orderedList', 'listItem') || (parent?.toggleOrderedList?.()(props) ?? false),
    };
  },
  addAttributes() {
    const parent = this.parent?.();
    return {
      start: { ...inherited(parent, 'start'), default: 1, validate: wholeNumber(-99_999, 99_999) },
      /** HTML list types: decimal, letters, roman figures. */
      type: {
        ...inherited(parent, 'type'),
        default: null,
        validate: nullable(oneOf('1', 'a', 'A', 'i', 'I')),
      },
    };
  },
});

export const ListItem = TiptapListItem.extend({ content: 'block*' });

export const TaskList = TiptapTaskList.extend({
  content: 'taskItem*',
  addCommands() {
    const parent = this.parent?.();
    return {
      ...parent,
      toggleTaskList: () => (props) =>
        convertList(props, 'taskList', 'taskItem') || (parent?.toggleTaskList?.()(props) ?? false),
    };
  },
});

export const TaskItem = TiptapTaskItem.extend({
  content: 'block*',
  addAttributes() {
    return {
      checked: {
        ...inherited(this.parent?.(), 'checked'),
        default: false,
        keepOnSplit: false,
        validate: flag,
      },
    };
  },
}).configure({ nested: true });
