; Asks once whether .dcm files are to be opened with Pneumoscope. Unattended installations leave them as they are.
!macro customInstall
  ${IfNot} ${Silent}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Open DICOM files (.dcm) with Pneumoscope from now on?" IDNO pneumoscope_keep
    WriteRegStr HKCU "Software\Classes\Pneumoscope.dcm" "" "DICOM file"
    WriteRegStr HKCU "Software\Classes\Pneumoscope.dcm\shell\open\command" "" '"$INSTDIR\Pneumoscope.exe" "%1"'
    WriteRegStr HKCU "Software\Classes\.dcm\OpenWithProgids" "Pneumoscope.dcm" ""
    WriteRegStr HKCU "Software\Classes\.dcm" "" "Pneumoscope.dcm"
    System::Call 'shell32::SHChangeNotify(i 0x8000000, i 0, p 0, p 0)'
    pneumoscope_keep:
  ${EndIf}
!macroend

!macro customUnInstall
  ReadRegStr $0 HKCU "Software\Classes\.dcm" ""
  ${If} $0 == "Pneumoscope.dcm"
    DeleteRegValue HKCU "Software\Classes\.dcm" ""
  ${EndIf}
  DeleteRegValue HKCU "Software\Classes\.dcm\OpenWithProgids" "Pneumoscope.dcm"
  DeleteRegKey HKCU "Software\Classes\Pneumoscope.dcm"
!macroend
