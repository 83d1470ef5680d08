import { useState } from 'preact/hooks';
import { Dialog } from './dialog.tsx';

/** A button for what cannot be taken back: it asks first, and says what follows. */
export function Confirmed({ text, says, act }: { text: string; says: string; act: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const confirm = () => {
    setOpen(false);
    act();
  };
  return (
    <>
      <button type="button" class="button danger" onClick={() => setOpen(true)}>
        {text}
      </button>
      {isOpen && (
        <Dialog title={text} onClose={() => setOpen(false)}>
          <p>{says}</p>
          <div class="actions end">
            <button type="button" class="button danger" onClick={confirm}>
              {text}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
