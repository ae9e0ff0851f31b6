import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { NoteId } from '#shared/domain/ids.ts';
import { api } from '../../api/index.ts';
import type { EditorServices } from '../../editor/reading.ts';
import { platform } from '../../platform/index.ts';
