import { Button, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import styles from './OneTimeLink.module.css';

interface Props {
  readonly url: string;
  readonly label: string;
  /** That it is not shown again. */
  readonly once: string;
  readonly copy: string;
  readonly copied: string;
  readonly testId: string;
}

/** A link that holds a secret: shown this once, to be copied. */
export function OneTimeLink({ url, label, once, copy, copied, testId }: Props) {
  const clipboard = useClipboard({ timeout: 2_000 });
  return (
    <div className={styles.made}>
      <div className={styles.link}>
        <TextInput
          readOnly
          label={label}
          value={url}
          onFocus={(event) => event.currentTarget.select()}
          data-testid={testId}
        />
        <Button
          variant={clipboard.copied ? 'light' : 'filled'}
          leftSection={clipboard.copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={() => clipboard.copy(url)}
        >
          {clipboard.copied ? copied : copy}
        </Button>
      </div>
      <p className={styles.once} role="status">
        {once}
      </p>
    </div>
  );
}
